#include "sc_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "service_events.h"
#include "service_key.h"

#define MOST_ACTIONS 16

static int failed(const char *call, const wchar_t *name)
{
    printf("%s %ls: %lu\n", call, name, GetLastError());
    return 1;
}

static DWORD start_type(const wchar_t *word)
{
    static const wchar_t *const words[] = {L"boot", L"system", L"auto", L"demand", L"disabled"};
    for (DWORD type = 0; type < 5; type++)
        if (wcscmp(word, words[type]) == 0) return type;
    return wcscmp(word, L"delayed-auto") == 0 ? SERVICE_AUTO_START : SERVICE_NO_CHANGE;
}

static DWORD present_start_type(SC_HANDLE service)
{
    BYTE config[8192];
    DWORD needed;
    if (!QueryServiceConfigW(service, (QUERY_SERVICE_CONFIGW *)config, sizeof config, &needed))
        return SERVICE_AUTO_START;
    return ((QUERY_SERVICE_CONFIGW *)config)->dwStartType;
}

/* Wine's ChangeServiceConfig forgets the dependencies. */
static int change(SC_HANDLE service, const wchar_t *name, DWORD type, const wchar_t *account)
{
    wchar_t dependencies[512];
    DWORD bytes = get_dependencies(name, dependencies, sizeof dependencies);
    if (!ChangeServiceConfigW(service, SERVICE_NO_CHANGE, type, SERVICE_NO_CHANGE, NULL, NULL, NULL,
                              NULL, account, NULL, NULL))
        return failed("ChangeServiceConfig", name);
    set_dependencies(name, dependencies, bytes);
    return 0;
}

static int configure(SC_HANDLE service, const wchar_t *name, const wchar_t *option,
                     const wchar_t *value)
{
    if (wcscmp(option, L"start=") == 0) {
        DWORD old_type = present_start_type(service), type = start_type(value);
        int result;
        if (type == SERVICE_NO_CHANGE) return 2;
        result = change(service, name, type, NULL);
        if (result) return result;
        set_delayed(name, wcscmp(value, L"delayed-auto") == 0);
        write_start_type_event(name, old_type, type);
        return 0;
    }
    if (wcscmp(option, L"obj=") == 0) return change(service, name, SERVICE_NO_CHANGE, value);
    if (wcscmp(option, L"depend=") == 0) {
        wchar_t list[512] = {0};
        size_t length = wcslen(value);
        if (length > 500) return 2;
        if (wcscmp(value, L"/") == 0) length = 0;
        for (size_t i = 0; i < length; i++) list[i] = value[i] == L'/' ? 0 : value[i];
        set_dependencies(name, list, (DWORD)(length + 2) * sizeof *list);
        return 0;
    }
    return 2;
}

/* As the SCM of Windows keeps them: five 32-bit fields, then a type and a delay for each action. */
static int failure(const wchar_t *name, int argc, wchar_t **argv)
{
    DWORD kept[5 + 2 * MOST_ACTIONS] = {0, 0, 0, 0, 20};
    const wchar_t *command = L"";
    BOOL reset = FALSE, actions = FALSE;
    for (int i = 0; i + 1 < argc; i += 2) {
        if (wcscmp(argv[i], L"reset=") == 0) {
            reset = TRUE;
            kept[0] = wcscmp(argv[i + 1], L"INFINITE") == 0 ? INFINITE : wcstoul(argv[i + 1], NULL, 10);
        } else if (wcscmp(argv[i], L"command=") == 0) {
            command = argv[i + 1];
        } else if (wcscmp(argv[i], L"actions=") == 0) {
            const wchar_t *at = argv[i + 1];
            actions = TRUE;
            while (*at) {
                const wchar_t *slash = wcschr(at, L'/');
                DWORD type = wcsncmp(at, L"restart/", 8) == 0  ? SC_ACTION_RESTART
                             : wcsncmp(at, L"reboot/", 7) == 0 ? SC_ACTION_REBOOT
                             : wcsncmp(at, L"run/", 4) == 0    ? SC_ACTION_RUN_COMMAND
                                                               : SC_ACTION_NONE;
                wchar_t *end;
                if (!slash || kept[3] == MOST_ACTIONS) return 2;
                kept[5 + 2 * kept[3]] = type;
                kept[6 + 2 * kept[3]] = wcstoul(slash + 1, &end, 10);
                kept[3]++;
                at = *end == L'/' ? end + 1 : end;
            }
        } else if (wcscmp(argv[i], L"reboot=") != 0) {
            return 2;
        }
    }
    if (!reset || !actions || argc % 2) return 2;
    set_failure_actions(name, kept, (5 + 2 * kept[3]) * sizeof *kept, command);
    return 0;
}

int sc_command(SC_HANDLE manager, int argc, wchar_t **argv)
{
    SC_HANDLE service;
    int result = 2;
    if (argc < 4 || wcsncmp(argv[0], L"\\\\", 2) != 0) return 2;
    service = OpenServiceW(manager, argv[2], SERVICE_ALL_ACCESS);
    if (!service) return failed("OpenService", argv[2]);
    if (wcscmp(argv[1], L"config") == 0 && argc == 5)
        result = configure(service, argv[2], argv[3], argv[4]);
    else if (wcscmp(argv[1], L"failure") == 0)
        result = failure(argv[2], argc - 3, argv + 3);
    else if (wcscmp(argv[1], L"failureflag") == 0 && argc == 4) {
        set_failure_flag(argv[2], _wtoi(argv[3]) != 0);
        result = 0;
    }
    CloseServiceHandle(service);
    return result;
}

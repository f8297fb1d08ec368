/*
 * Command line of the test bed for the Service Control Manager: one call, one line, one exit code,
 * so that a test sees which Win32 call failed and why.
 *
 *   scmctl create NAME DISPLAY auto|delayed|manual|disabled EXE [DEPENDS_ON]
 *   scmctl delete NAME
 *   scmctl start NAME              StartService; returns when the SCM accepted it
 *   scmctl stop NAME               ControlService(STOP); returns at once
 *   scmctl control NAME CODE       ControlService(CODE); 130 = quit, 134 = crash (see bed.h)
 *   scmctl wait NAME STATE MS      until the state is STATE, or MISSING, at most MS
 *   scmctl query NAME
 *   scmctl startmode NAME auto|delayed|manual|disabled
 *   scmctl sc COMMAND              a command of sc.exe, see sc_command.h
 *   scmctl defaults                the services that a test finds, and empty event logs
 *   scmctl event append LOG PROVIDER ID TYPE CATEGORY SECONDS COUNT COPIES DATA STRING...
 *                                  COUNT records, SECONDS from now, each with so many COPIES of the
 *                                  strings; DATA in hexadecimal, - for none
 *   scmctl event clear LOG NEXT    the next record gets the number NEXT; 0: numbers go on
 *   scmctl event wrap LOG COUNT    drops so many of the oldest records
 *
 * Exit codes: 0 done, 1 a Win32 call failed ("CALL NAME: CODE"), 2 usage, 3 the wait timed out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include "bed.h"
#include "event_commands.h"
#include "sc_command.h"
#include "service_events.h"
#include "service_key.h"

#define POLL_MS 5
#define DEFAULTS_DEADLINE_MS 30000
#define INETINFO L"C:\\windows\\system32\\inetsrv\\inetinfo.exe"

static const wchar_t *const states[] = {L"?",       L"STOPPED",          L"START_PENDING",
                                        L"STOP_PENDING", L"RUNNING",     L"CONTINUE_PENDING",
                                        L"PAUSE_PENDING", L"PAUSED"};
static const wchar_t *const modes[] = {L"", L"", L"auto", L"manual", L"disabled"};

static SC_HANDLE manager;

static int failed(const char *call, const wchar_t *name)
{
    printf("%s %ls: %lu\n", call, name, GetLastError());
    return 1;
}

/* SERVICE_AUTO_START..SERVICE_DISABLED, or 0 for a word that is none. */
static DWORD start_type(const wchar_t *mode)
{
    if (wcscmp(mode, L"delayed") == 0) return SERVICE_AUTO_START;
    for (DWORD type = SERVICE_AUTO_START; type <= SERVICE_DISABLED; type++)
        if (wcscmp(mode, modes[type]) == 0) return type;
    return 0;
}

static int create(const wchar_t *name, const wchar_t *display, const wchar_t *mode,
                  const wchar_t *exe, const wchar_t *depends_on)
{
    wchar_t command[MAX_PATH];
    SC_HANDLE service;
    if (!start_type(mode)) return 2;
    swprintf(command, MAX_PATH, L"%ls %ls", exe, name);
    service = CreateServiceW(manager, name, display, SERVICE_ALL_ACCESS,
                             SERVICE_WIN32_SHARE_PROCESS, start_type(mode), SERVICE_ERROR_NORMAL,
                             command, NULL, NULL, NULL, NULL, NULL);
    if (!service) return failed("CreateService", name);
    CloseServiceHandle(service);
    set_delayed(name, wcscmp(mode, L"delayed") == 0);
    set_dependency(name, depends_on);
    printf("created %ls\n", name);
    return 0;
}

static DWORD current_start_type(SC_HANDLE service)
{
    BYTE config[8192];
    DWORD needed;
    if (!QueryServiceConfigW(service, (QUERY_SERVICE_CONFIGW *)config, sizeof config, &needed))
        return SERVICE_AUTO_START;
    return ((QUERY_SERVICE_CONFIGW *)config)->dwStartType;
}

static int set_start_mode(SC_HANDLE service, const wchar_t *name, const wchar_t *mode)
{
    wchar_t depends_on[128];
    DWORD old_type = current_start_type(service);
    if (!start_type(mode)) return 2;
    get_dependency(name, depends_on, sizeof depends_on);
    if (!ChangeServiceConfigW(service, SERVICE_NO_CHANGE, start_type(mode), SERVICE_NO_CHANGE, NULL,
                              NULL, NULL, NULL, NULL, NULL, NULL))
        return failed("ChangeServiceConfig", name);
    set_delayed(name, wcscmp(mode, L"delayed") == 0);
    if (*depends_on) set_dependency(name, depends_on);
    write_start_type_event(name, old_type, start_type(mode));
    return 0;
}

static int delete(SC_HANDLE service, const wchar_t *name)
{
    if (!DeleteService(service)) return failed("DeleteService", name);
    /* As Windows' SCM does; the advapi32 stand-in makes SERVICE_NOTIFY_DELETE_PENDING of it. */
    mark_for_delete(name);
    printf("deleted %ls\n", name);
    return 0;
}

static BOOL query(SC_HANDLE service, SERVICE_STATUS_PROCESS *status)
{
    DWORD needed;
    return QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)status, sizeof *status,
                                &needed);
}

static int print_status(SC_HANDLE service, const wchar_t *name)
{
    SERVICE_STATUS_PROCESS status;
    if (!query(service, &status)) return failed("QueryServiceStatusEx", name);
    printf("%ls %ls exit=%lu specific=%lu checkpoint=%lu pid=%lu\n", name,
           states[status.dwCurrentState], status.dwWin32ExitCode, status.dwServiceSpecificExitCode,
           status.dwCheckPoint, status.dwProcessId);
    return 0;
}

static int wait_for(const wchar_t *name, const wchar_t *state, DWORD timeout_ms)
{
    ULONGLONG deadline = GetTickCount64() + timeout_ms;
    const wchar_t *seen;
    do {
        SERVICE_STATUS_PROCESS status;
        SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_STATUS);
        seen = L"MISSING";
        if (service && query(service, &status)) seen = states[status.dwCurrentState];
        if (service) CloseServiceHandle(service);
        if (wcscmp(seen, state) == 0) {
            printf("%ls %ls\n", name, seen);
            return 0;
        }
        Sleep(POLL_MS);
    } while (GetTickCount64() < deadline);
    printf("%ls is %ls, not %ls, after %lu ms\n", name, seen, state, timeout_ms);
    return 3;
}

static int start(SC_HANDLE service, const wchar_t *name)
{
    if (!StartServiceW(service, 0, NULL)) return failed("StartService", name);
    write_control_event(name, L"start");
    printf("started %ls\n", name);
    return 0;
}

static int control(SC_HANDLE service, const wchar_t *name, DWORD code)
{
    SERVICE_STATUS status;
    /* A service that quits or crashes by a control may end before it has answered. */
    BOOL ends = code == BED_CONTROL_QUIT || code == BED_CONTROL_CRASH;
    if (!ControlService(service, code, &status) && !(ends && GetLastError() == ERROR_BROKEN_PIPE))
        return failed("ControlService", name);
    if (code == SERVICE_CONTROL_STOP) write_control_event(name, L"stop");
    printf("controlled %ls with %lu\n", name, code);
    return 0;
}

/* From the state that a test left, to RUNNING or STOPPED. The behaviour files are empty again. */
static int settle(const wchar_t *name, BOOL running)
{
    const DWORD wanted = running ? SERVICE_RUNNING : SERVICE_STOPPED;
    ULONGLONG deadline = GetTickCount64() + DEFAULTS_DEADLINE_MS;
    SC_HANDLE service = OpenServiceW(manager, name, SERVICE_ALL_ACCESS);
    SERVICE_STATUS_PROCESS status;
    SERVICE_STATUS ignored;
    if (!service) return failed("OpenService", name);
    while (query(service, &status) && GetTickCount64() < deadline) {
        /* Wine's SCM says RUNNING of a service whose process it killed, and starts it again. */
        BOOL dead = status.dwCurrentState != SERVICE_STOPPED && !status.dwProcessId;
        if (status.dwCurrentState == wanted && !dead) break;
        if (dead || status.dwCurrentState == SERVICE_STOPPED) StartServiceW(service, 0, NULL);
        else if (status.dwCurrentState == SERVICE_RUNNING)
            ControlService(service, SERVICE_CONTROL_STOP, &ignored);
        else if (status.dwCurrentState == SERVICE_PAUSED)
            ControlService(service, SERVICE_CONTROL_CONTINUE, &ignored);
        Sleep(POLL_MS);
    }
    print_status(service, name);
    CloseServiceHandle(service);
    return status.dwCurrentState == wanted ? 0 : 3;
}

static int empty_log(const wchar_t *name)
{
    struct event_file log;
    BOOL done = hold_log(name, &log);
    if (!done) return 1;
    done = clear_log(&log, 1);
    release_log(&log);
    return done ? 0 : 1;
}

static int defaults(void)
{
    static const struct {
        const wchar_t *name, *display, *mode, *depends_on;
    } services[] = {
        {L"IISADMIN", L"IIS Admin Service", L"auto", NULL},
        {L"SMTPSVC", L"Simple Mail Transfer Protocol (SMTP)", L"auto", L"IISADMIN"},
        {L"RESvc", L"Microsoft Exchange Routing Engine", L"manual", L"IISADMIN"},
    };
    int result = 0;
    for (int i = 0; i < 3 && !result; i++) {
        const wchar_t *name = services[i].name;
        SC_HANDLE service;
        if (is_marked_for_delete(name)) settle(name, FALSE);
        if (is_marked_for_delete(name)) result = wait_for(name, L"MISSING", DEFAULTS_DEADLINE_MS);
        if (result) break;
        service = OpenServiceW(manager, name, SERVICE_CHANGE_CONFIG | SERVICE_QUERY_CONFIG);
        forget_failure_actions(name);
        if (service) {
            ChangeServiceConfigW(service, SERVICE_NO_CHANGE, SERVICE_NO_CHANGE, SERVICE_NO_CHANGE,
                                 NULL, NULL, NULL, NULL, L"LocalSystem", NULL, NULL);
            set_dependency(name, services[i].depends_on);
            result = set_start_mode(service, name, services[i].mode);
            CloseServiceHandle(service);
        } else {
            result = create(name, services[i].display, services[i].mode, INETINFO,
                            services[i].depends_on);
        }
        if (!result) result = settle(name, wcscmp(services[i].mode, L"auto") == 0);
    }
    if (!result) result = empty_log(BED_SYSTEM_LOG);
    if (!result) result = empty_log(BED_APPLICATION_LOG);
    return result;
}

static int on_service(int argc, wchar_t **argv)
{
    const wchar_t *command = argv[1], *name = argv[2];
    int result = 2;
    SC_HANDLE service = OpenServiceW(manager, name, SERVICE_ALL_ACCESS);
    if (!service) return failed("OpenService", name);
    if (wcscmp(command, L"query") == 0) result = print_status(service, name);
    else if (wcscmp(command, L"start") == 0) result = start(service, name);
    else if (wcscmp(command, L"stop") == 0) result = control(service, name, SERVICE_CONTROL_STOP);
    else if (wcscmp(command, L"control") == 0 && argc == 4)
        result = control(service, name, _wtoi(argv[3]));
    else if (wcscmp(command, L"startmode") == 0 && argc == 4)
        result = set_start_mode(service, name, argv[3]);
    else if (wcscmp(command, L"delete") == 0) result = delete(service, name);
    CloseServiceHandle(service);
    return result;
}

int wmain(int argc, wchar_t **argv)
{
    int result = 2;
    if (argc >= 3 && wcscmp(argv[1], L"event") == 0) {
        result = event_command(argc - 1, argv + 1);
        if (result == 2) printf("usage: see the head of scmctl.c\n");
        return result;
    }
    manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    if (!manager) return failed("OpenSCManager", L".");
    if (argc == 2 && wcscmp(argv[1], L"defaults") == 0) result = defaults();
    else if ((argc == 6 || argc == 7) && wcscmp(argv[1], L"create") == 0)
        result = create(argv[2], argv[3], argv[4], argv[5], argc == 7 ? argv[6] : NULL);
    else if (argc > 2 && wcscmp(argv[1], L"sc") == 0)
        result = sc_command(manager, argc - 2, argv + 2);
    else if (argc == 5 && wcscmp(argv[1], L"wait") == 0)
        result = wait_for(argv[2], argv[3], _wtoi(argv[4]));
    else if (argc >= 3) result = on_service(argc, argv);
    if (result == 2) printf("usage: see the head of scmctl.c\n");
    return result;
}

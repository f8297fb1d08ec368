/* Service calls: names of handles, dependencies and delayed start, faults. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "shim.h"

#define CONFIG_BYTES 8192 /* the most that QueryServiceConfig ever needs */

SC_HANDLE WINAPI OpenSCManagerW(LPCWSTR machine, LPCWSTR database, DWORD access)
{
    SC_HANDLE manager;
    if (fault(L"OpenSCManagerW", machine && *machine ? machine : L".")) return NULL;
    manager = REAL(OpenSCManagerW)(machine, database, access);
    if (manager) remember_handle(manager, L"");
    return manager;
}

SC_HANDLE WINAPI OpenServiceW(SC_HANDLE manager, LPCWSTR name, DWORD access)
{
    SC_HANDLE service;
    if (fault(L"OpenServiceW", name)) return NULL;
    service = REAL(OpenServiceW)(manager, name, access);
    if (service) remember_handle(service, name);
    return service;
}

SC_HANDLE WINAPI CreateServiceW(SC_HANDLE manager, LPCWSTR name, LPCWSTR display, DWORD access,
                                DWORD type, DWORD start, DWORD error_control, LPCWSTR path,
                                LPCWSTR group, LPDWORD tag, LPCWSTR depends_on, LPCWSTR account,
                                LPCWSTR password)
{
    SC_HANDLE service = REAL(CreateServiceW)(manager, name, display, access, type, start,
                                             error_control, path, group, tag, depends_on, account,
                                             password);
    if (service) remember_handle(service, name);
    return service;
}

BOOL WINAPI CloseServiceHandle(SC_HANDLE handle)
{
    forget_notifications(handle);
    forget_handle(handle);
    return REAL(CloseServiceHandle)(handle);
}

BOOL WINAPI QueryServiceStatusEx(SC_HANDLE service, SC_STATUS_TYPE level, LPBYTE buffer, DWORD size,
                                 LPDWORD needed)
{
    wchar_t name[NAME_CHARS];
    handle_name(service, name);
    if (fault(L"QueryServiceStatusEx", name)) return FALSE;
    return REAL(QueryServiceStatusEx)(service, level, buffer, size, needed);
}

/* Appends a string, or a list of strings, of so many bytes behind a structure. */
static LPWSTR append(BYTE **end, const wchar_t *text, DWORD bytes)
{
    LPWSTR copy = (LPWSTR)*end;
    memcpy(copy, text, bytes);
    *end += bytes;
    return copy;
}

static LPWSTR append_string(BYTE **end, const wchar_t *text)
{
    if (!text) text = L"";
    return append(end, text, (DWORD)(wcslen(text) + 1) * sizeof *text);
}

/* Wine's answer with lpDependencies from DependOnService. *length gets the bytes used. */
static BOOL complete_config(SC_HANDLE service, QUERY_SERVICE_CONFIGW *result, DWORD *length)
{
    BYTE wine[CONFIG_BYTES], *end = (BYTE *)(result + 1);
    QUERY_SERVICE_CONFIGW *config = (QUERY_SERVICE_CONFIGW *)wine;
    wchar_t name[NAME_CHARS], dependencies[512] = {0};
    DWORD bytes = sizeof dependencies;
    if (!REAL(QueryServiceConfigW)(service, config, sizeof wine, length)) return FALSE;
    handle_name(service, name);
    if (service_value(name, L"DependOnService", RRF_RT_REG_MULTI_SZ, dependencies, &bytes))
        bytes = 2 * sizeof *dependencies;
    *result = *config;
    result->lpBinaryPathName = append_string(&end, config->lpBinaryPathName);
    result->lpLoadOrderGroup = append_string(&end, config->lpLoadOrderGroup);
    result->lpDependencies = append(&end, dependencies, bytes);
    result->lpServiceStartName = append_string(&end, config->lpServiceStartName);
    result->lpDisplayName = append_string(&end, config->lpDisplayName);
    *length = (DWORD)(end - (BYTE *)result);
    return TRUE;
}

static void move_string(LPWSTR *string, const void *from, const void *to)
{
    *string = (LPWSTR)((BYTE *)*string + ((const BYTE *)to - (const BYTE *)from));
}

BOOL WINAPI QueryServiceConfigW(SC_HANDLE service, LPQUERY_SERVICE_CONFIGW config, DWORD size,
                                LPDWORD needed)
{
    union {
        QUERY_SERVICE_CONFIGW config;
        BYTE bytes[2 * CONFIG_BYTES];
    } full;
    wchar_t name[NAME_CHARS];
    handle_name(service, name);
    if (fault(L"QueryServiceConfigW", name)) return FALSE;
    if (!complete_config(service, &full.config, needed)) return FALSE;
    if (size < *needed) {
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
        return FALSE;
    }
    memcpy(config, &full, *needed);
    move_string(&config->lpBinaryPathName, &full, config);
    move_string(&config->lpLoadOrderGroup, &full, config);
    move_string(&config->lpDependencies, &full, config);
    move_string(&config->lpServiceStartName, &full, config);
    move_string(&config->lpDisplayName, &full, config);
    return TRUE;
}

/*
 * From the values of the service's key that Windows' SCM keeps too: FailureActions has 32-bit
 * fields, the fifth of which is where its actions begin; the command stands beside it.
 */
static BOOL failure_actions(const wchar_t *name, BYTE *buffer, DWORD size, DWORD *needed)
{
    DWORD kept[64] = {0}, bytes = sizeof kept, count = 0;
    wchar_t command[512] = {0};
    DWORD command_bytes = sizeof command - sizeof *command;
    SERVICE_FAILURE_ACTIONSW *actions = (SERVICE_FAILURE_ACTIONSW *)buffer;
    BYTE *end;
    if (!service_value(name, L"FailureActions", RRF_RT_REG_BINARY, kept, &bytes)) count = kept[3];
    if (service_value(name, L"FailureCommand", RRF_RT_REG_SZ, command, &command_bytes))
        command_bytes = 0;
    *needed = sizeof *actions + count * sizeof(SC_ACTION) + command_bytes;
    if (size < *needed) {
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
        return FALSE;
    }
    memset(actions, 0, sizeof *actions);
    end = (BYTE *)(actions + 1);
    actions->dwResetPeriod = kept[0];
    actions->cActions = count;
    if (count) actions->lpsaActions = (SC_ACTION *)end;
    for (DWORD i = 0; i < count; i++, end += sizeof(SC_ACTION)) {
        actions->lpsaActions[i].Type = (SC_ACTION_TYPE)kept[5 + 2 * i];
        actions->lpsaActions[i].Delay = kept[6 + 2 * i];
    }
    if (command_bytes) actions->lpCommand = append(&end, command, command_bytes);
    return TRUE;
}

BOOL WINAPI QueryServiceConfig2W(SC_HANDLE service, DWORD level, LPBYTE buffer, DWORD size,
                                 LPDWORD needed)
{
    wchar_t name[NAME_CHARS];
    DWORD delayed = 0, bytes = sizeof delayed;
    handle_name(service, name);
    if (fault(L"QueryServiceConfig2W", name)) return FALSE;
    if (level == SERVICE_CONFIG_FAILURE_ACTIONS)
        return failure_actions(name, buffer, size, needed);
    if (level == SERVICE_CONFIG_FAILURE_ACTIONS_FLAG) {
        *needed = sizeof(SERVICE_FAILURE_ACTIONS_FLAG);
        if (size < *needed) {
            SetLastError(ERROR_INSUFFICIENT_BUFFER);
            return FALSE;
        }
        if (service_value(name, L"FailureActionsOnNonCrashFailures", RRF_RT_REG_DWORD, &delayed,
                          &bytes))
            delayed = 0;
        ((SERVICE_FAILURE_ACTIONS_FLAG *)buffer)->fFailureActionsOnNonCrashFailures = delayed != 0;
        return TRUE;
    }
    if (level != SERVICE_CONFIG_DELAYED_AUTO_START_INFO)
        return REAL(QueryServiceConfig2W)(service, level, buffer, size, needed);
    *needed = sizeof(SERVICE_DELAYED_AUTO_START_INFO);
    if (size < *needed) {
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
        return FALSE;
    }
    if (service_value(name, L"DelayedAutoStart", RRF_RT_REG_DWORD, &delayed, &bytes)) delayed = 0;
    ((SERVICE_DELAYED_AUTO_START_INFO *)buffer)->fDelayedAutostart = delayed != 0;
    return TRUE;
}

/*
 * ChangeServiceConfig2W for the levels that Wine refuses with 124. The values are kept in the key of
 * the service, under the names and in the form that Windows' SCM keeps them; nothing acts on them.
 */
#include <string.h>
#include <wchar.h>

#include "shim.h"

static BOOL keep(const wchar_t *service, const wchar_t *value, DWORD type, const void *data,
                 DWORD bytes)
{
    wchar_t key[NAME_CHARS + 64];
    LSTATUS status;
    swprintf(key, NAME_CHARS + 64, L"SYSTEM\\CurrentControlSet\\Services\\%ls", service);
    status = REAL(RegSetKeyValueW)(HKEY_LOCAL_MACHINE, key, value, type, data, bytes);
    SetLastError(status);
    return status == ERROR_SUCCESS;
}

/* The registry has the structure with offsets for pointers, and the actions behind it. */
static BOOL keep_actions(const wchar_t *service, const SERVICE_FAILURE_ACTIONSW *failure)
{
    DWORD kept[5 + 2 * 8] = {failure->dwResetPeriod, 0, 0, failure->cActions, 5 * sizeof(DWORD)};
    if (failure->cActions > 8) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    memcpy(kept + 5, failure->lpsaActions, failure->cActions * sizeof *failure->lpsaActions);
    return keep(service, L"FailureActions", REG_BINARY, kept,
                (5 + 2 * failure->cActions) * sizeof(DWORD));
}

static DWORD list_bytes(const wchar_t *list)
{
    const wchar_t *end = list;
    while (*end) end += wcslen(end) + 1;
    return (DWORD)(end + 1 - list) * sizeof *list;
}

BOOL WINAPI ChangeServiceConfig2W(SC_HANDLE service, DWORD level, LPVOID info)
{
    wchar_t name[NAME_CHARS];
    const DWORD number = info ? *(const DWORD *)info : 0;
    handle_name(service, name);
    if (fault(L"ChangeServiceConfig2W", name)) return FALSE;
    switch (level) {
    case SERVICE_CONFIG_FAILURE_ACTIONS: return keep_actions(name, info);
    case SERVICE_CONFIG_DELAYED_AUTO_START_INFO:
        return keep(name, L"DelayedAutoStart", REG_DWORD, &number, sizeof number);
    case SERVICE_CONFIG_FAILURE_ACTIONS_FLAG:
        return keep(name, L"FailureActionsOnNonCrashFailures", REG_DWORD, &number, sizeof number);
    case SERVICE_CONFIG_SERVICE_SID_INFO:
        return keep(name, L"ServiceSidType", REG_DWORD, &number, sizeof number);
    case SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO: {
        const wchar_t *list = ((SERVICE_REQUIRED_PRIVILEGES_INFOW *)info)->pmszRequiredPrivileges;
        return keep(name, L"RequiredPrivileges", REG_MULTI_SZ, list, list_bytes(list));
    }
    default: return REAL(ChangeServiceConfig2W)(service, level, info);
    }
}

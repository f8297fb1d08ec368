/* Registry calls: the performance name table, loopback machine names, faults and handle count. */
#include <string.h>
#include <wchar.h>

#include "shim.h"

static BOOL is_predefined(HKEY key)
{
    return ((ULONG_PTR)key & 0xfffffff0u) == 0x80000000u || key == HKEY_PERFORMANCE_TEXT;
}

LSTATUS WINAPI RegOpenKeyExW(HKEY key, LPCWSTR sub_key, DWORD options, REGSAM access, PHKEY result)
{
    LSTATUS status = sub_key ? (LSTATUS)fault_for_path(L"RegOpenKeyExW", sub_key) : 0;
    if (!status) status = REAL(RegOpenKeyExW)(key, sub_key, options, access, result);
    if (!status && !is_predefined(*result)) remember_handle(*result, sub_key ? sub_key : L"");
    return status;
}

LSTATUS WINAPI RegCloseKey(HKEY key)
{
    forget_handle(key);
    return REAL(RegCloseKey)(key);
}

/* Wine knows only its own computer name, Windows every name of this machine. */
LSTATUS WINAPI RegConnectRegistryW(LPCWSTR machine, HKEY key, PHKEY result)
{
    LSTATUS status;
    if (machine && (!_wcsicmp(machine, L"\\\\localhost") || !_wcsicmp(machine, L"\\\\127.0.0.1")))
        machine = NULL;
    status = REAL(RegConnectRegistryW)(machine, key, result);
    if (!status && !is_predefined(*result)) remember_handle(*result, L"");
    return status;
}

/* As documented for HKEY_PERFORMANCE_DATA, a buffer that is too small does not tell the size. */
static LSTATUS name_table(LPCWSTR name, LPDWORD type, LPBYTE data, LPDWORD size)
{
    HKEY bed;
    LSTATUS status =
        REAL(RegOpenKeyExW)(HKEY_LOCAL_MACHINE, L"SOFTWARE\\imf-bed", 0, KEY_READ, &bed);
    if (status) return status;
    status = REAL(RegQueryValueExW)(bed, name, NULL, type, data, size);
    REAL(RegCloseKey)(bed);
    if (!data && !status) status = ERROR_MORE_DATA;
    if (status == ERROR_MORE_DATA) *size = 0;
    return status;
}

LSTATUS WINAPI RegQueryValueExW(HKEY key, LPCWSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data,
                                LPDWORD size)
{
    DWORD code = name ? fault(L"RegQueryValueExW", name) : 0;
    if (code) return code;
    if (key == HKEY_PERFORMANCE_DATA && name && size
        && (!_wcsicmp(name, L"Counter 009") || !_wcsicmp(name, L"Help 009")))
        return name_table(name, type, data, size);
    return REAL(RegQueryValueExW)(key, name, reserved, type, data, size);
}

LSTATUS service_value(const wchar_t *service, const wchar_t *value, DWORD flags, void *data,
                      DWORD *size)
{
    wchar_t key[NAME_CHARS + 64];
    swprintf(key, NAME_CHARS + 64, L"SYSTEM\\CurrentControlSet\\Services\\%ls", service);
    return REAL(RegGetValueW)(HKEY_LOCAL_MACHINE, key, value, flags, NULL, data, size);
}

/*
 * psapi.dll for the Windows JVM under Wine, beside java.exe: EnumProcessModulesEx with the faults
 * of faults.ini, by process id. Windows fails with 299 while a process starts or ends. The rest
 * goes to Wine's own (a copy named psapireal.dll).
 *
 * On Windows every file of Windows says that it is Microsoft's. Wine's say so too, but for those
 * that have no version resource, which are left out.
 */
#include "../advapi32/shim.h"

#define PSAPI_VERSION 1
#include <psapi.h>
#include <wchar.h>

BOOL WINAPI K32EnumProcessModulesEx(HANDLE, HMODULE *, DWORD, LPDWORD, DWORD);
DWORD WINAPI K32GetModuleBaseNameW(HANDLE, HMODULE, LPWSTR, DWORD);

static const wchar_t *const WITHOUT_VERSION[] = {L"kernelbase.dll", L"sechost.dll"};

static BOOL has_no_version(HANDLE process, HMODULE module)
{
    wchar_t name[MAX_PATH];
    if (!K32GetModuleBaseNameW(process, module, name, MAX_PATH)) return FALSE;
    return !_wcsicmp(name, WITHOUT_VERSION[0]) || !_wcsicmp(name, WITHOUT_VERSION[1]);
}

BOOL WINAPI EnumProcessModulesEx(HANDLE process, HMODULE *modules, DWORD bytes, LPDWORD needed,
                                 DWORD filter)
{
    DWORD count, kept = 0, left_out = 0;
    wchar_t id[16];
    swprintf(id, 16, L"%lu", GetProcessId(process));
    if (fault(L"EnumProcessModulesEx", id)) return FALSE;
    if (!K32EnumProcessModulesEx(process, modules, bytes, needed, filter)) return FALSE;
    if (*needed > bytes) return TRUE;
    count = *needed / sizeof *modules;
    /* Wine looks up each name in the whole list, so it is asked no longer than necessary. */
    for (DWORD i = 0; i < count; i++)
        if (left_out < 2 && has_no_version(process, modules[i])) left_out++;
        else modules[kept++] = modules[i];
    *needed = kept * sizeof *modules;
    return TRUE;
}

/*
 * psapi.dll for the Windows JVM under Wine, beside java.exe: EnumProcessModulesEx with the faults
 * of faults.ini, by process id. Windows fails with 299 while a process starts or ends. The rest
 * goes to Wine's own (a copy named psapireal.dll).
 */
#include "../advapi32/shim.h"

#define PSAPI_VERSION 1
#include <psapi.h>
#include <wchar.h>

BOOL WINAPI K32EnumProcessModulesEx(HANDLE, HMODULE *, DWORD, LPDWORD, DWORD);

BOOL WINAPI EnumProcessModulesEx(HANDLE process, HMODULE *modules, DWORD bytes, LPDWORD needed,
                                 DWORD filter)
{
    wchar_t id[16];
    swprintf(id, 16, L"%lu", GetProcessId(process));
    if (fault(L"EnumProcessModulesEx", id)) return FALSE;
    return K32EnumProcessModulesEx(process, modules, bytes, needed, filter);
}

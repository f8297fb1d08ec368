/*
 * Stand-in for a third party's event sink: inetinfo.exe loads it when services.ini says so, and
 * unloads it at its stop.
 *
 * C:\imf-bed\services.ini, section [plugin.dll] (optional, read again while waiting):
 *   LoadDelayMs=0          how long it holds up who loads it
 *   UnloadDelayMs=0        how long it holds up who unloads it
 */
#include <windows.h>

#include "bed.h"

static void linger(const char *delay_key)
{
    ULONGLONG begin = GetTickCount64();
    while (GetTickCount64() - begin
           < GetPrivateProfileIntA("plugin.dll", delay_key, 0, BED_SERVICES_INI))
        Sleep(BED_POLL_MS);
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *process_ends)
{
    (void)module;
    if (reason == DLL_PROCESS_ATTACH) linger("LoadDelayMs");
    if (reason == DLL_PROCESS_DETACH && !process_ends) linger("UnloadDelayMs");
    return TRUE;
}

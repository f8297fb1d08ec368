/* Stand-in for a third party's event sink: inetinfo.exe loads it when services.ini says so. */
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)module, (void)reason, (void)reserved;
    return TRUE;
}

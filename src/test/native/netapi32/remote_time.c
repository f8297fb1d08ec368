/*
 * netapi32.dll for the Windows JVM under Wine, beside java.exe: NetRemoteTOD, which ends a program
 * under Wine. The rest goes to Wine's own (a copy named netreal.dll). As documented at
 * https://learn.microsoft.com/windows/win32/api/lmremutl/nf-lmremutl-netremotetod
 *
 * C:\imf-bed\clock.ini, section [NAME] of a machine, all optional:
 *   OffsetMs=0             how far its clock is ahead
 *   UptimeMs=...           since its start; modulo 2^32 as in the answer. Else that of this machine
 * Faults of faults.ini: [NetRemoteTOD], by machine.
 */
#include "../advapi32/shim.h"

#include <lm.h>
#include <stdio.h>
#include <wchar.h>

#include "../bed.h"

static ULONGLONG setting(const wchar_t *machine, const wchar_t *key, ULONGLONG otherwise)
{
    wchar_t text[32];
    GetPrivateProfileStringW(machine, key, L"", text, 32, L"" BED_CLOCK_INI);
    return *text ? (ULONGLONG)_wcstoi64(text, NULL, 10) : otherwise;
}

static void fill(TIME_OF_DAY_INFO *info, const wchar_t *machine)
{
    const ULONGLONG unix_epoch_in_filetime = 116444736000000000ULL;
    ULARGE_INTEGER now;
    FILETIME time;
    SYSTEMTIME fields;
    GetSystemTimePreciseAsFileTime(&time);
    now.LowPart = time.dwLowDateTime;
    now.HighPart = time.dwHighDateTime;
    now.QuadPart += 10000 * setting(machine, L"OffsetMs", 0);
    time.dwLowDateTime = now.LowPart;
    time.dwHighDateTime = now.HighPart;
    FileTimeToSystemTime(&time, &fields);
    info->tod_elapsedt = (DWORD)((now.QuadPart - unix_epoch_in_filetime) / 10000000);
    info->tod_msecs = (DWORD)setting(machine, L"UptimeMs", GetTickCount64());
    info->tod_hours = fields.wHour;
    info->tod_mins = fields.wMinute;
    info->tod_secs = fields.wSecond;
    info->tod_hunds = fields.wMilliseconds / 10;
    info->tod_timezone = -1;
    info->tod_tinterval = 310;
    info->tod_day = fields.wDay;
    info->tod_month = fields.wMonth;
    info->tod_year = fields.wYear;
    info->tod_weekday = fields.wDayOfWeek;
}

NET_API_STATUS NET_API_FUNCTION NetRemoteTOD(LPCWSTR server, LPBYTE *buffer)
{
    const wchar_t *machine = server && wcsncmp(server, L"\\\\", 2) == 0 ? server + 2 : L".";
    NET_API_STATUS status = fault(L"NetRemoteTOD", machine);
    if (!status) status = NetApiBufferAllocate(sizeof(TIME_OF_DAY_INFO), (void **)buffer);
    if (!status) fill((TIME_OF_DAY_INFO *)*buffer, machine);
    return status;
}

/* The faults of faults.ini, and the way to Wine's own functions. */
#include <stdlib.h>
#include <wchar.h>

#include "../bed.h"
#include "shim.h"

#define INI L"" BED_FAULTS_INI

static SRWLOCK lock = SRWLOCK_INIT;

void *real_function(const char *name)
{
    static HMODULE real;
    if (!real) real = LoadLibraryW(L"advreal.dll");
    return (void *)GetProcAddress(real, name);
}

/* Most tests ask for no fault: then nothing is parsed. */
static BOOL no_faults(void)
{
    WIN32_FILE_ATTRIBUTE_DATA file;
    return !GetFileAttributesExW(INI, GetFileExInfoStandard, &file) || file.nFileSizeLow == 0;
}

static BOOL demanded(const wchar_t *function, const wchar_t *name, wchar_t *text, DWORD chars)
{
    return *name && GetPrivateProfileStringW(function, name, L"", text, chars, INI) > 0;
}

/* Uses up one of a limited number of failures. */
static void use_up(const wchar_t *function, const wchar_t *name, DWORD code, int times)
{
    wchar_t text[32];
    swprintf(text, 32, L"%lu,%d", code, times - 1);
    WritePrivateProfileStringW(function, name, times > 1 ? text : NULL, INI);
}

static DWORD fault_of(const wchar_t *function, const wchar_t *name)
{
    wchar_t text[32], *comma;
    DWORD code = 0;
    while (demanded(function, name, text, 32) && _wcsicmp(text, L"hang") == 0) Sleep(BED_POLL_MS);
    AcquireSRWLockExclusive(&lock);
    if (demanded(function, name, text, 32)) {
        code = wcstoul(text, &comma, 10);
        if (*comma == L',') use_up(function, name, code, wcstol(comma + 1, NULL, 10));
    }
    ReleaseSRWLockExclusive(&lock);
    return code;
}

DWORD fault(const wchar_t *function, const wchar_t *name)
{
    DWORD code;
    if (no_faults()) return 0;
    code = fault_of(function, name);
    if (!code) code = fault_of(function, L"*");
    if (code) SetLastError(code);
    return code;
}

DWORD fault_for_path(const wchar_t *function, const wchar_t *path)
{
    if (no_faults()) return 0;
    for (const wchar_t *part = path; part; part = wcschr(part, L'\\')) {
        DWORD code;
        if (*part == L'\\') part++;
        code = fault_of(function, part);
        if (code) return code;
    }
    return fault_of(function, L"*");
}

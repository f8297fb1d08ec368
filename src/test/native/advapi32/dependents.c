/*
 * EnumDependentServicesW from DependOnService of all services: direct and indirect dependents in
 * the reverse of their start order, as Microsoft documents it. Wine answers "none".
 */
#include <string.h>
#include <wchar.h>

#include "shim.h"

#define MAX_DEPENDENTS 64

struct dependents {
    int count;
    wchar_t names[MAX_DEPENDENTS][NAME_CHARS];
};

static BOOL depends_on(const wchar_t *service, const wchar_t *required)
{
    wchar_t dependencies[512] = {0};
    DWORD bytes = sizeof dependencies - 2 * sizeof *dependencies;
    if (service_value(service, L"DependOnService", RRF_RT_REG_MULTI_SZ, dependencies, &bytes))
        return FALSE;
    for (const wchar_t *name = dependencies; *name; name += wcslen(name) + 1)
        if (_wcsicmp(name, required) == 0) return TRUE;
    return FALSE;
}

static BOOL contains(const struct dependents *found, const wchar_t *name)
{
    for (int i = 0; i < found->count; i++)
        if (_wcsicmp(found->names[i], name) == 0) return TRUE;
    return FALSE;
}

/* Adds what depends on a dependent before the dependent itself. */
static void collect(HKEY services, const wchar_t *required, struct dependents *found)
{
    wchar_t name[NAME_CHARS];
    for (DWORD i = 0; REAL(RegEnumKeyW)(services, i, name, NAME_CHARS) == ERROR_SUCCESS; i++) {
        if (contains(found, name) || !depends_on(name, required)) continue;
        collect(services, name, found);
        if (found->count < MAX_DEPENDENTS) wcscpy(found->names[found->count++], name);
    }
}

/* Fills the entry when the service exists and is in one of the wanted states. */
static BOOL describe(SC_HANDLE manager, const wchar_t *name, DWORD wanted, SERVICE_STATUS *status,
                     wchar_t *display)
{
    DWORD chars = NAME_CHARS;
    BOOL match = FALSE;
    SC_HANDLE service = REAL(OpenServiceW)(manager, name, SERVICE_QUERY_STATUS);
    if (!service) return FALSE;
    if (REAL(QueryServiceStatus)(service, status))
        match = wanted & (status->dwCurrentState == SERVICE_STOPPED ? SERVICE_INACTIVE
                                                                   : SERVICE_ACTIVE);
    if (!REAL(GetServiceDisplayNameW)(manager, name, display, &chars)) wcscpy(display, name);
    REAL(CloseServiceHandle)(service);
    return match;
}

static DWORD text_bytes(const wchar_t *text)
{
    return (DWORD)(wcslen(text) + 1) * sizeof *text;
}

static BOOL write_entries(const struct dependents *found, DWORD wanted, ENUM_SERVICE_STATUSW *out,
                          DWORD size, DWORD *needed, DWORD *count)
{
    BYTE *strings;
    wchar_t display[NAME_CHARS];
    SERVICE_STATUS status;
    DWORD all = 0;
    SC_HANDLE manager = REAL(OpenSCManagerW)(NULL, NULL, SC_MANAGER_CONNECT);
    if (!manager) return FALSE;
    *needed = *count = 0;
    for (int i = 0; i < found->count; i++) {
        if (!describe(manager, found->names[i], wanted, &status, display)) continue;
        *needed += sizeof *out + text_bytes(found->names[i]) + text_bytes(display);
        all++;
    }
    strings = (BYTE *)(out + all);
    for (int i = 0; size >= *needed && i < found->count && *count < all; i++) {
        ENUM_SERVICE_STATUSW *entry = &out[*count];
        if (!describe(manager, found->names[i], wanted, &status, display)) continue;
        entry->ServiceStatus = status;
        entry->lpServiceName = memcpy(strings, found->names[i], text_bytes(found->names[i]));
        strings += text_bytes(found->names[i]);
        entry->lpDisplayName = memcpy(strings, display, text_bytes(display));
        strings += text_bytes(display);
        ++*count;
    }
    REAL(CloseServiceHandle)(manager);
    if (size >= *needed) return TRUE;
    SetLastError(ERROR_MORE_DATA);
    return FALSE;
}

BOOL WINAPI EnumDependentServicesW(SC_HANDLE service, DWORD wanted, LPENUM_SERVICE_STATUSW out,
                                   DWORD size, LPDWORD needed, LPDWORD count)
{
    struct dependents found = {0};
    wchar_t name[NAME_CHARS];
    HKEY services;
    handle_name(service, name);
    if (fault(L"EnumDependentServicesW", name)) return FALSE;
    if (REAL(RegOpenKeyExW)(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services", 0, KEY_READ,
                            &services))
        return FALSE;
    collect(services, name, &found);
    REAL(RegCloseKey)(services);
    return write_entries(&found, wanted, out, out ? size : 0, needed, count);
}

#include "service_key.h"

#include <stdio.h>
#include <wchar.h>

#define SERVICES_KEY L"SYSTEM\\CurrentControlSet\\Services\\"

static void set_value(const wchar_t *name, const wchar_t *value, DWORD type, const void *data,
                      DWORD bytes)
{
    wchar_t key[256];
    swprintf(key, 256, SERVICES_KEY L"%ls", name);
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, value, type, data, bytes);
}

void set_delayed(const wchar_t *name, DWORD delayed)
{
    set_value(name, L"DelayedAutoStart", REG_DWORD, &delayed, sizeof delayed);
}

void set_dependency(const wchar_t *name, const wchar_t *depends_on)
{
    wchar_t list[128] = {0};
    if (!depends_on) return;
    wcsncpy(list, depends_on, 126);
    set_value(name, L"DependOnService", REG_MULTI_SZ, list,
              (DWORD)(wcslen(list) + 2) * sizeof *list);
}

void get_dependency(const wchar_t *name, wchar_t *depends_on, DWORD bytes)
{
    wchar_t key[256];
    swprintf(key, 256, SERVICES_KEY L"%ls", name);
    if (RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DependOnService", RRF_RT_REG_MULTI_SZ, NULL,
                     depends_on, &bytes))
        *depends_on = 0;
}

DWORD get_dependencies(const wchar_t *name, wchar_t *list, DWORD bytes)
{
    wchar_t key[256];
    swprintf(key, 256, SERVICES_KEY L"%ls", name);
    if (!RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DependOnService", RRF_RT_REG_MULTI_SZ, NULL, list,
                      &bytes))
        return bytes;
    list[0] = list[1] = 0;
    return 2 * sizeof *list;
}

void set_dependencies(const wchar_t *name, const wchar_t *list, DWORD bytes)
{
    set_value(name, L"DependOnService", REG_MULTI_SZ, list, bytes);
}

void set_failure_actions(const wchar_t *name, const void *actions, DWORD bytes,
                         const wchar_t *command)
{
    set_value(name, L"FailureActions", REG_BINARY, actions, bytes);
    set_value(name, L"FailureCommand", REG_SZ, command,
              (DWORD)(wcslen(command) + 1) * sizeof *command);
}

void set_failure_flag(const wchar_t *name, DWORD flag)
{
    set_value(name, L"FailureActionsOnNonCrashFailures", REG_DWORD, &flag, sizeof flag);
}

void forget_failure_actions(const wchar_t *name)
{
    static const wchar_t *const values[] = {L"FailureActions", L"FailureCommand",
                                            L"FailureActionsOnNonCrashFailures"};
    wchar_t key[256];
    swprintf(key, 256, SERVICES_KEY L"%ls", name);
    for (int i = 0; i < 3; i++) RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, key, values[i]);
}

void mark_for_delete(const wchar_t *name)
{
    const DWORD flag = 1;
    set_value(name, L"DeleteFlag", REG_DWORD, &flag, sizeof flag);
}

BOOL is_marked_for_delete(const wchar_t *name)
{
    wchar_t key[256];
    DWORD flag = 0, bytes = sizeof flag;
    swprintf(key, 256, SERVICES_KEY L"%ls", name);
    RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DeleteFlag", RRF_RT_REG_DWORD, NULL, &flag, &bytes);
    return flag != 0;
}

/*
 * What scmctl writes into the registry key of a service, where Windows' SCM keeps it too: Wine's
 * calls do not know it (delayed start, recovery actions, deletion) or lose it (dependencies, at ChangeServiceConfig).
 */
#ifndef SERVICE_KEY_H
#define SERVICE_KEY_H

#include <windows.h>

void set_delayed(const wchar_t *name, DWORD delayed);

/* One service that it depends on; NULL changes nothing. */
void set_dependency(const wchar_t *name, const wchar_t *depends_on);
/* "" when there is none. */
void get_dependency(const wchar_t *name, wchar_t *depends_on, DWORD bytes);

/* The whole list, as DependOnService has it; the bytes of an empty one are two NULs. */
DWORD get_dependencies(const wchar_t *name, wchar_t *list, DWORD bytes);
void set_dependencies(const wchar_t *name, const wchar_t *list, DWORD bytes);

void set_failure_actions(const wchar_t *name, const void *actions, DWORD bytes,
                         const wchar_t *command);
void set_failure_flag(const wchar_t *name, DWORD flag);
/* As of a service that was just installed. */
void forget_failure_actions(const wchar_t *name);

/* The caller holds a handle on the service, else Wine has deleted the key already. */
void mark_for_delete(const wchar_t *name);
BOOL is_marked_for_delete(const wchar_t *name);

#endif

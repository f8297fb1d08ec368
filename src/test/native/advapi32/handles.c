/* Which handles of the shim are open, and what they were opened for. */
#include <stdlib.h>
#include <wchar.h>

#include "shim.h"

struct entry {
    struct entry *next;
    void *handle;
    wchar_t name[NAME_CHARS];
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct entry *entries;
static LONG count;

void remember_handle(void *handle, const wchar_t *name)
{
    struct entry *entry = calloc(1, sizeof *entry);
    if (!entry) return;
    entry->handle = handle;
    wcsncpy(entry->name, name, NAME_CHARS - 1);
    AcquireSRWLockExclusive(&lock);
    entry->next = entries;
    entries = entry;
    count++;
    ReleaseSRWLockExclusive(&lock);
}

void forget_handle(void *handle)
{
    AcquireSRWLockExclusive(&lock);
    for (struct entry **at = &entries; *at; at = &(*at)->next) {
        struct entry *entry = *at;
        if (entry->handle != handle) continue;
        *at = entry->next;
        count--;
        free(entry);
        break;
    }
    ReleaseSRWLockExclusive(&lock);
}

void handle_name(void *handle, wchar_t *name)
{
    *name = 0;
    AcquireSRWLockShared(&lock);
    for (struct entry *entry = entries; entry; entry = entry->next) {
        if (entry->handle != handle) continue;
        wcscpy(name, entry->name);
        break;
    }
    ReleaseSRWLockShared(&lock);
}

/*
 * Exported for leak tests: the registry keys and SCM and service handles that this process has
 * open. The JVM itself may hold a few, so compare before and after.
 */
DWORD WINAPI BedOpenHandles(void)
{
    return (DWORD)count;
}

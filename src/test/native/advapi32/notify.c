/*
 * NotifyServiceStatusChangeW with SERVICE_NOTIFY_DELETE_PENDING, which Wine accepts and never
 * fires. The deletion shows in the value DeleteFlag of the service's key: Windows' SCM writes it,
 * under Wine scmctl does. Either way one registration calls back once, on the registering thread.
 */
#include <stdlib.h>
#include <wchar.h>

#include "shim.h"

#define RESCAN_MS 500

struct registration {
    struct registration *next;
    SERVICE_NOTIFYW wine; /* what Wine fills; copied to the caller's when it fires */
    SERVICE_NOTIFYW *caller;
    SC_HANDLE service;
    HANDLE thread;
    BOOL listed, done;
    DWORD late_ms;
    wchar_t name[NAME_CHARS];
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct registration *waiting; /* for a deletion */
static BOOL watcher_started;

static BOOL is_deleted(const wchar_t *name)
{
    DWORD flag = 0, size = sizeof flag;
    return !service_value(name, L"DeleteFlag", RRF_RT_REG_DWORD, &flag, &size) && flag;
}

static DWORD WINAPI notify_late(void *registration);

/* The thread of a registration that is told late is still needed. */
static void unlist(struct registration *registration)
{
    for (struct registration **at = &waiting; *at; at = &(*at)->next) {
        if (*at != registration) continue;
        *at = registration->next;
        if (!registration->late_ms) CloseHandle(registration->thread);
        registration->listed = FALSE;
        return;
    }
}

/* Both callbacks come as APCs of the same thread, so they never run at the same time. */
static void CALLBACK on_wine(void *parameter)
{
    struct registration *registration = ((SERVICE_NOTIFYW *)parameter)->pContext;
    SERVICE_NOTIFYW *caller = registration->caller;
    BOOL fire = !registration->done;
    registration->done = TRUE;
    AcquireSRWLockExclusive(&lock);
    if (registration->listed) unlist(registration);
    ReleaseSRWLockExclusive(&lock);
    if (!fire) return;
    caller->dwNotificationStatus = registration->wine.dwNotificationStatus;
    caller->ServiceStatus = registration->wine.ServiceStatus;
    caller->dwNotificationTriggered = registration->wine.dwNotificationTriggered;
    caller->pszServiceNames = registration->wine.pszServiceNames;
    caller->pfnNotifyCallback(caller);
}

static void CALLBACK on_delete(ULONG_PTR parameter)
{
    struct registration *registration = (struct registration *)parameter;
    SERVICE_NOTIFYW *caller = registration->caller;
    if (registration->done) return;
    registration->done = TRUE;
    caller->dwNotificationStatus = ERROR_SERVICE_MARKED_FOR_DELETE;
    caller->dwNotificationTriggered = SERVICE_NOTIFY_DELETE_PENDING;
    caller->pszServiceNames = NULL;
    caller->pfnNotifyCallback(caller);
}

static LONG late_notifications;

/* For tests: how many notifications came after their handle was closed. */
DWORD WINAPI BedLateNotifications(void)
{
    return (DWORD)late_notifications;
}

static void CALLBACK on_late(ULONG_PTR parameter)
{
    SERVICE_NOTIFYW *caller = ((struct registration *)parameter)->caller;
    caller->dwNotificationStatus = ERROR_SUCCESS;
    caller->dwNotificationTriggered = SERVICE_NOTIFY_STOPPED;
    caller->ServiceStatus.dwCurrentState = SERVICE_STOPPED;
    caller->pfnNotifyCallback(caller);
    InterlockedIncrement(&late_notifications);
}

static DWORD WINAPI notify_late(void *parameter)
{
    struct registration *registration = parameter;
    Sleep(registration->late_ms);
    QueueUserAPC(on_late, registration->thread, (ULONG_PTR)registration);
    CloseHandle(registration->thread);
    return 0;
}

static DWORD WINAPI watch_deletions(void *unused)
{
    HANDLE changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    HKEY services;
    (void)unused;
    if (REAL(RegOpenKeyExW)(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services", 0, KEY_READ,
                            &services))
        return 1;
    for (;;) {
        REAL(RegNotifyChangeKeyValue)(services, TRUE, REG_NOTIFY_CHANGE_LAST_SET, changed, TRUE);
        AcquireSRWLockExclusive(&lock);
        for (struct registration *next, *at = waiting; at; at = next) {
            next = at->next;
            if (!is_deleted(at->name)) continue;
            QueueUserAPC(on_delete, at->thread, (ULONG_PTR)at);
            unlist(at);
        }
        ReleaseSRWLockExclusive(&lock);
        WaitForSingleObject(changed, RESCAN_MS);
    }
}

static void watch_deletion(struct registration *registration)
{
    DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(),
                    &registration->thread, 0, FALSE, DUPLICATE_SAME_ACCESS);
    AcquireSRWLockExclusive(&lock);
    registration->listed = TRUE;
    registration->next = waiting;
    waiting = registration;
    if (!watcher_started) {
        watcher_started = TRUE;
        CloseHandle(CreateThread(NULL, 0, watch_deletions, NULL, 0, NULL));
    }
    ReleaseSRWLockExclusive(&lock);
}

void forget_notifications(SC_HANDLE service)
{
    AcquireSRWLockExclusive(&lock);
    for (struct registration *next, *at = waiting; at; at = next) {
        next = at->next;
        if (at->service != service) continue;
        at->late_ms = fault(L"CloseServiceHandle", at->name);
        unlist(at);
        if (!at->late_ms) continue;
        at->done = TRUE;
        CloseHandle(CreateThread(NULL, 0, notify_late, at, 0, NULL));
    }
    ReleaseSRWLockExclusive(&lock);
}

DWORD WINAPI NotifyServiceStatusChangeW(SC_HANDLE service, DWORD mask, PSERVICE_NOTIFYW caller)
{
    /* Never freed: Wine may still call back after the handle is closed. 700 bytes per event. */
    struct registration *registration;
    wchar_t name[NAME_CHARS];
    DWORD code;
    handle_name(service, name);
    code = fault(L"NotifyServiceStatusChangeW", name);
    if (!code && is_deleted(name)) code = ERROR_SERVICE_MARKED_FOR_DELETE;
    if (code) return code;
    registration = calloc(1, sizeof *registration);
    if (!registration) return ERROR_OUTOFMEMORY;
    registration->caller = caller;
    registration->service = service;
    wcscpy(registration->name, name);
    registration->wine = *caller;
    registration->wine.pfnNotifyCallback = on_wine;
    registration->wine.pContext = registration;
    code = REAL(NotifyServiceStatusChangeW)(service, mask & ~SERVICE_NOTIFY_DELETE_PENDING,
                                            &registration->wine);
    if (code) free(registration);
    else if (mask & SERVICE_NOTIFY_DELETE_PENDING) watch_deletion(registration);
    return code;
}

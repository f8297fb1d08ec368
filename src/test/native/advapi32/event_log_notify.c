/*
 * NotifyChangeEventLog: pulses the caller's event after records were written, and so is not heard
 * by a thread that does not wait just then, as documented at
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-notifychangeeventlog
 * Windows pulses at most every five seconds, and so loses what came within them; here
 * [events] PulseMs=20 of services.ini is that time.
 */
#include <stdlib.h>
#include <wchar.h>

#include "shim.h"

#include "../bed.h"
#include "../event_file.h"

#define PULSE_MS 20

struct registration {
    struct registration *next;
    HANDLE log, event;
    wchar_t name[NAME_CHARS];
    DWORD next_record;
    ULONGLONG earliest; /* the next pulse */
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct registration *registrations;
static BOOL started;

static void look(struct registration *registration, ULONGLONG now)
{
    struct event_file_header log = peek_log(registration->name);
    if (log.next == registration->next_record) return;
    registration->next_record = log.next;
    if (now < registration->earliest) return;
    PulseEvent(registration->event);
    registration->earliest =
        now + GetPrivateProfileIntW(L"events", L"PulseMs", PULSE_MS, L"" BED_SERVICES_INI);
}

static DWORD WINAPI watch(void *unused)
{
    (void)unused;
    for (;;) {
        Sleep(PULSE_MS);
        AcquireSRWLockExclusive(&lock);
        for (struct registration *at = registrations; at; at = at->next)
            look(at, GetTickCount64());
        ReleaseSRWLockExclusive(&lock);
    }
    return 0;
}

BOOL WINAPI NotifyChangeEventLog(HANDLE log, HANDLE event)
{
    struct registration *registration;
    wchar_t name[NAME_CHARS];
    handle_name(log, name);
    if (fault(L"NotifyChangeEventLog", name)) return FALSE;
    registration = calloc(1, sizeof *registration);
    if (!registration) return FALSE;
    registration->log = log;
    wcscpy(registration->name, name);
    registration->next_record = peek_log(name).next;
    DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &registration->event, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    AcquireSRWLockExclusive(&lock);
    registration->next = registrations;
    registrations = registration;
    if (!started) {
        started = TRUE;
        CloseHandle(CreateThread(NULL, 0, watch, NULL, 0, NULL));
    }
    ReleaseSRWLockExclusive(&lock);
    return TRUE;
}

void forget_log_notifications(HANDLE log)
{
    AcquireSRWLockExclusive(&lock);
    for (struct registration **at = &registrations; *at;) {
        struct registration *registration = *at;
        if (registration->log != log) {
            at = &registration->next;
            continue;
        }
        *at = registration->next;
        CloseHandle(registration->event);
        free(registration);
    }
    ReleaseSRWLockExclusive(&lock);
}

/*
 * The event log, which Wine stubs: ReadEventLog and its companions on the files of event_file.h, as
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-readeventlogw documents them.
 * A machine name opens the same logs; a name that is no log opens Application, as on Windows.
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "shim.h"

#include "../bed.h"
#include "../event_file.h"

#define ANY_DIRECTION (EVENTLOG_FORWARDS_READ | EVENTLOG_BACKWARDS_READ)
#define ANY_ACCESS (EVENTLOG_SEQUENTIAL_READ | EVENTLOG_SEEK_READ)
#define AT_AN_END 0

struct open_log {
    const wchar_t *name;
    DWORD generation;
    DWORD position; /* the border between two records where a sequential read goes on */
};

static BOOL failed(DWORD code)
{
    SetLastError(code);
    return FALSE;
}

HANDLE WINAPI OpenEventLogW(LPCWSTR machine, LPCWSTR source)
{
    struct open_log *open;
    struct event_file log;
    (void)machine;
    if (fault(L"OpenEventLogW", source)) return NULL;
    open = calloc(1, sizeof *open);
    if (!open) return NULL;
    open->name = _wcsicmp(source, BED_SYSTEM_LOG) == 0 ? BED_SYSTEM_LOG : BED_APPLICATION_LOG;
    if (!hold_log(open->name, &log)) {
        free(open);
        failed(ERROR_EVENTLOG_CANT_START);
        return NULL;
    }
    open->generation = log.header.generation;
    open->position = AT_AN_END;
    release_log(&log);
    remember_handle(open, open->name);
    return open;
}

BOOL WINAPI CloseEventLog(HANDLE handle)
{
    forget_log_notifications(handle);
    forget_handle(handle);
    free(handle);
    return TRUE;
}

/* The log of a handle, held; after a fault that a test asked for. */
static BOOL hold(HANDLE handle, const wchar_t *function, struct event_file *log)
{
    const struct open_log *open = handle;
    if (fault(function, open->name)) return FALSE;
    return hold_log(open->name, log) || failed(ERROR_EVENTLOG_CANT_START);
}

static DWORD oldest(const struct event_file *log)
{
    const BYTE *bytes = map_log(log);
    DWORD number = bytes ? record_number(bytes + log->header.first) : 0;
    if (bytes) UnmapViewOfFile(bytes);
    return number;
}

BOOL WINAPI GetOldestEventLogRecord(HANDLE handle, PDWORD number)
{
    struct event_file log;
    if (!hold(handle, L"GetOldestEventLogRecord", &log)) return FALSE;
    *number = oldest(&log);
    release_log(&log);
    return TRUE;
}

BOOL WINAPI GetNumberOfEventLogRecords(HANDLE handle, PDWORD count)
{
    struct event_file log;
    DWORD first;
    if (!hold(handle, L"GetNumberOfEventLogRecords", &log)) return FALSE;
    first = oldest(&log);
    *count = first ? log.header.next - first : 0;
    release_log(&log);
    return TRUE;
}

/* The border before the record of that number, or behind it when reading backwards. */
static DWORD seek(const struct event_file_header *log, const BYTE *bytes, DWORD number,
                  BOOL backwards)
{
    for (DWORD at = log->first, next; at < log->end; at = next) {
        next = at + record_length(bytes + at);
        if (record_number(bytes + at) == number) return backwards ? next : at;
    }
    return AT_AN_END;
}

/* Copies whole records from a border on as they fit; *needed is what the first one that does not
 * fit would take. Returns the new border. */
static DWORD copy(const struct event_file_header *log, const BYTE *bytes, DWORD at, BOOL backwards,
                  BYTE *buffer, DWORD size, DWORD *read, DWORD *needed)
{
    *read = *needed = 0;
    while (at != (backwards ? log->first : log->end)) {
        /* The length stands at both ends of a record. */
        DWORD length = record_length(backwards ? bytes + at - sizeof(DWORD) : bytes + at);
        if (length > size - *read) {
            *needed = length;
            break;
        }
        memcpy(buffer + *read, backwards ? bytes + at - length : bytes + at, length);
        *read += length;
        at = backwards ? at - length : at + length;
    }
    return at;
}

static DWORD read_log(struct open_log *open, const struct event_file *log, DWORD flags,
                      DWORD number, BYTE *buffer, DWORD size, DWORD *read, DWORD *needed)
{
    BOOL backwards = flags & EVENTLOG_BACKWARDS_READ;
    DWORD at = open->position;
    const BYTE *bytes;
    if (open->generation != log->header.generation) return ERROR_EVENTLOG_FILE_CHANGED;
    if (flags & EVENTLOG_SEQUENTIAL_READ) {
        if (at == AT_AN_END) at = backwards ? log->header.end : log->header.first;
        else if (at < log->header.first) return ERROR_EVENTLOG_FILE_CHANGED;
    }
    bytes = map_log(log);
    if (!bytes) return ERROR_HANDLE_EOF;
    if (flags & EVENTLOG_SEEK_READ) at = seek(&log->header, bytes, number, backwards);
    if (at != AT_AN_END) {
        at = copy(&log->header, bytes, at, backwards, buffer, size, read, needed);
        if (*read) open->position = at;
    }
    UnmapViewOfFile(bytes);
    if (at == AT_AN_END) return ERROR_INVALID_PARAMETER;
    if (*needed && !*read) return ERROR_INSUFFICIENT_BUFFER;
    return *read ? NO_ERROR : ERROR_HANDLE_EOF;
}

BOOL WINAPI ReadEventLogW(HANDLE handle, DWORD flags, DWORD number, LPVOID buffer, DWORD size,
                          DWORD *read, DWORD *needed)
{
    struct open_log *open = handle;
    struct event_file log;
    wchar_t seeking[NAME_CHARS];
    DWORD code, direction = flags & ANY_DIRECTION, access = flags & ANY_ACCESS;
    *read = *needed = 0;
    if (!direction || direction == ANY_DIRECTION || !access || access == ANY_ACCESS || size > 0x7ffff)
        return failed(ERROR_INVALID_PARAMETER);
    swprintf(seeking, NAME_CHARS, L"%ls seek", open->name);
    if (access == EVENTLOG_SEEK_READ && fault(L"ReadEventLogW", seeking)) return FALSE;
    if (!hold(handle, L"ReadEventLogW", &log)) return FALSE;
    code = read_log(open, &log, flags, number, buffer, size, read, needed);
    release_log(&log);
    return code == NO_ERROR || failed(code);
}

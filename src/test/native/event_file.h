/*
 * The event logs of the bed: C:\imf-bed\NAME.evl, written by the stand-ins, served by the advapi32
 * stand-in. A header, then whole EVENTLOGRECORDs, oldest first, one behind the other, each in the
 * form that ReadEventLog gives them to a program:
 * https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-eventlogrecord
 * Their offsets never change: a log that wraps only moves "first" on.
 */
#ifndef EVENT_FILE_H
#define EVENT_FILE_H

#include <windows.h>

#define EVENT_FILE_START sizeof(struct event_file_header)

struct event_file_header {
    DWORD magic;
    DWORD generation; /* another one after the log was cleared */
    DWORD first;      /* offset of the oldest record */
    DWORD end;        /* offset behind the newest one; what lies there is of a writer that died */
    DWORD next;       /* number of the next record */
};

/* A log that no other process reads or writes until it is released. */
struct event_file {
    HANDLE mutex, file;
    struct event_file_header header;
};

struct event {
    const wchar_t *provider;
    DWORD id; /* with severity and facility in its upper half */
    WORD type, category;
    DWORD time; /* seconds since 1970; 0 is now */
    int string_count;
    const wchar_t *const *strings;
    DWORD data_bytes;
    const void *data;
    DWORD sid_bytes;
    const void *sid;
};

/* FALSE when the log could not be had within half a minute. A new log is made when there is none. */
BOOL hold_log(const wchar_t *name, struct event_file *log);
void release_log(struct event_file *log);

/* What the header says, without waiting for anybody; zeros when there is no such log. */
struct event_file_header peek_log(const wchar_t *name);

/* The file as bytes, to be given back with UnmapViewOfFile; NULL when the log holds no record. */
const BYTE *map_log(const struct event_file *log);
DWORD record_length(const BYTE *record);
DWORD record_number(const BYTE *record);

BOOL append_event(struct event_file *log, const struct event *event);
/* The same event so many times. */
BOOL append_events(struct event_file *log, const struct event *event, DWORD count);
/* The next record gets this number: 1 as on Windows 2003, or goes on (0). */
BOOL clear_log(struct event_file *log, DWORD next);
/* Forgets the oldest records, as a full log that overwrites them. */
BOOL drop_oldest(struct event_file *log, DWORD count);

DWORD epoch_seconds(void);

#endif

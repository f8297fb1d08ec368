#include "event_file.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "bed.h"

#define MAGIC 0x676f6c65 /* "elog" */
#define ELF_LOG_SIGNATURE 0x654c664c
#define HOLD_MS 30000

static HANDLE open_file(const wchar_t *name, DWORD access, DWORD disposition)
{
    wchar_t path[MAX_PATH];
    swprintf(path, MAX_PATH, L"" BED_DIRECTORY "%ls.evl", name);
    return CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                       disposition, FILE_ATTRIBUTE_NORMAL, NULL);
}

static BOOL write_at(struct event_file *log, DWORD offset, const void *bytes, DWORD count)
{
    DWORD written;
    return SetFilePointer(log->file, offset, NULL, FILE_BEGIN) == offset
           && WriteFile(log->file, bytes, count, &written, NULL) && written == count;
}

/* Makes what was written before part of the log. */
static BOOL write_header(struct event_file *log)
{
    return write_at(log, 0, &log->header, sizeof log->header);
}

static BOOL read_header(HANDLE file, struct event_file_header *header)
{
    DWORD read;
    return ReadFile(file, header, sizeof *header, &read, NULL) && read == sizeof *header
           && header->magic == MAGIC;
}

struct event_file_header peek_log(const wchar_t *name)
{
    struct event_file_header header = {0};
    HANDLE file = open_file(name, GENERIC_READ, OPEN_EXISTING);
    if (file == INVALID_HANDLE_VALUE) return header;
    if (!read_header(file, &header)) memset(&header, 0, sizeof header);
    CloseHandle(file);
    return header;
}

BOOL hold_log(const wchar_t *name, struct event_file *log)
{
    wchar_t mutex[MAX_PATH];
    DWORD wait;
    swprintf(mutex, MAX_PATH, L"Global\\imf-bed-log-%ls", name);
    log->mutex = CreateMutexW(NULL, FALSE, mutex);
    wait = WaitForSingleObject(log->mutex, HOLD_MS);
    if (wait != WAIT_OBJECT_0 && wait != WAIT_ABANDONED) {
        CloseHandle(log->mutex);
        return FALSE;
    }
    log->file = open_file(name, GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS);
    if (log->file != INVALID_HANDLE_VALUE) {
        if (read_header(log->file, &log->header)) return TRUE;
        log->header.magic = MAGIC;
        log->header.generation = GetTickCount();
        if (clear_log(log, 1)) return TRUE;
    }
    release_log(log);
    return FALSE;
}

void release_log(struct event_file *log)
{
    if (log->file != INVALID_HANDLE_VALUE) CloseHandle(log->file);
    ReleaseMutex(log->mutex);
    CloseHandle(log->mutex);
}

const BYTE *map_log(const struct event_file *log)
{
    const BYTE *bytes;
    HANDLE mapping;
    if (log->header.first == log->header.end) return NULL;
    mapping = CreateFileMappingW(log->file, NULL, PAGE_READONLY, 0, log->header.end, NULL);
    if (!mapping) return NULL;
    bytes = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, log->header.end);
    CloseHandle(mapping);
    return bytes;
}

static DWORD field(const BYTE *record, size_t offset)
{
    DWORD value;
    memcpy(&value, record + offset, sizeof value);
    return value;
}

DWORD record_length(const BYTE *record)
{
    return field(record, offsetof(EVENTLOGRECORD, Length));
}

DWORD record_number(const BYTE *record)
{
    return field(record, offsetof(EVENTLOGRECORD, RecordNumber));
}

DWORD epoch_seconds(void)
{
    const ULONGLONG unix_epoch_in_filetime = 116444736000000000ULL;
    FILETIME now;
    GetSystemTimePreciseAsFileTime(&now);
    return (DWORD)(((((ULONGLONG)now.dwHighDateTime << 32) | now.dwLowDateTime)
                    - unix_epoch_in_filetime)
                   / 10000000);
}

static DWORD text_bytes(const wchar_t *text)
{
    return (DWORD)(wcslen(text) + 1) * sizeof *text;
}

static DWORD aligned(DWORD bytes)
{
    return (bytes + 3) & ~3u;
}

/* Puts a part behind the others; its offset. */
static DWORD add(BYTE *record, DWORD *end, const void *part, DWORD bytes)
{
    DWORD offset = *end;
    memcpy(record + offset, part, bytes);
    *end += bytes;
    return offset;
}

/* In the order of Microsoft's page: names, SID (aligned), strings, data, padding, length. */
static DWORD write_record(BYTE *record, const struct event *event, const wchar_t *computer)
{
    EVENTLOGRECORD *header = (EVENTLOGRECORD *)record;
    DWORD end = sizeof *header;
    header->Reserved = ELF_LOG_SIGNATURE;
    header->TimeGenerated = header->TimeWritten = event->time ? event->time : epoch_seconds();
    header->EventID = event->id;
    header->EventType = event->type;
    header->EventCategory = event->category;
    header->NumStrings = (WORD)event->string_count;
    add(record, &end, event->provider, text_bytes(event->provider));
    add(record, &end, computer, text_bytes(computer));
    end = aligned(end);
    header->UserSidLength = event->sid_bytes;
    header->UserSidOffset = add(record, &end, event->sid, event->sid_bytes);
    header->StringOffset = end;
    for (int i = 0; i < event->string_count; i++)
        add(record, &end, event->strings[i], text_bytes(event->strings[i]));
    header->DataLength = event->data_bytes;
    header->DataOffset = add(record, &end, event->data, event->data_bytes);
    end = aligned(end);
    header->Length = end + sizeof header->Length;
    add(record, &end, &header->Length, sizeof header->Length);
    return end;
}

/* Not part of the log until the header is written. */
static BOOL append_record(struct event_file *log, const struct event *event)
{
    wchar_t computer[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD chars = MAX_COMPUTERNAME_LENGTH + 1;
    DWORD room = sizeof(EVENTLOGRECORD) + sizeof computer + 16 + text_bytes(event->provider)
                 + event->sid_bytes + event->data_bytes;
    BYTE *record;
    BOOL done;
    for (int i = 0; i < event->string_count; i++) room += text_bytes(event->strings[i]);
    record = calloc(1, room);
    if (!record) return FALSE;
    if (!GetComputerNameW(computer, &chars)) *computer = 0;
    room = write_record(record, event, computer);
    ((EVENTLOGRECORD *)record)->RecordNumber = log->header.next;
    done = write_at(log, log->header.end, record, room);
    free(record);
    if (!done) return FALSE;
    log->header.end += room;
    log->header.next++;
    return TRUE;
}

BOOL append_events(struct event_file *log, const struct event *event, DWORD count)
{
    while (count && append_record(log, event)) count--;
    return write_header(log) && !count;
}

BOOL append_event(struct event_file *log, const struct event *event)
{
    return append_events(log, event, 1);
}

BOOL clear_log(struct event_file *log, DWORD next)
{
    log->header.generation++;
    log->header.first = log->header.end = EVENT_FILE_START;
    if (next) log->header.next = next;
    return write_header(log);
}

BOOL drop_oldest(struct event_file *log, DWORD count)
{
    const BYTE *bytes = map_log(log);
    if (!bytes) return FALSE;
    while (count-- && log->header.first < log->header.end)
        log->header.first += record_length(bytes + log->header.first);
    UnmapViewOfFile(bytes);
    return write_header(log);
}

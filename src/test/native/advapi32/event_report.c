/* What a program writes into the Application log, whatever source it registered. */
#include <stdlib.h>

#include "shim.h"

#include "../event_file.h"

HANDLE WINAPI RegisterEventSourceW(LPCWSTR server, LPCWSTR source)
{
    void *handle = malloc(1);
    (void)server;
    if (handle) remember_handle(handle, source);
    return handle;
}

BOOL WINAPI DeregisterEventSource(HANDLE handle)
{
    forget_handle(handle);
    free(handle);
    return TRUE;
}

BOOL WINAPI ReportEventW(HANDLE handle, WORD type, WORD category, DWORD id, PSID sid,
                         WORD string_count, DWORD data_bytes, LPCWSTR *strings, LPVOID data)
{
    wchar_t source[NAME_CHARS];
    struct event_file log;
    struct event event = {0};
    BOOL written;
    (void)sid;
    handle_name(handle, source);
    event.provider = source;
    event.id = id;
    event.type = type;
    event.category = category;
    event.string_count = string_count;
    event.strings = strings;
    event.data_bytes = data_bytes;
    event.data = data;
    if (!hold_log(L"Application", &log)) return FALSE;
    written = append_event(&log, &event);
    release_log(&log);
    return written;
}

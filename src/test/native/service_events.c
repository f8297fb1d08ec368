#include "service_events.h"

#include <stdio.h>
#include <wchar.h>

#include "bed.h"

#define INI L"" BED_SERVICES_INI
#define SECTION L"events"
#define NAME_CHARS 260

/* Severity and "classic" facility 0 in the upper half, as Windows stores them. */
#define INFORMATION(number) (0x40000000u | (number))
#define ERROR_EVENT(number) (0xC0000000u | (number))

static void setting(const wchar_t *key, const wchar_t *otherwise, wchar_t *text, DWORD chars)
{
    GetPrivateProfileStringW(SECTION, key, otherwise, text, chars, INI);
}

static BOOL style_2003(void)
{
    wchar_t style[16];
    setting(L"Style", L"vista", style, 16);
    return wcscmp(style, L"2003") == 0;
}

BOOL hold_service_events(struct event_file *log)
{
    return !GetPrivateProfileIntW(SECTION, L"Disabled", 0, INI) && hold_log(BED_SYSTEM_LOG, log);
}

static void display_name(const wchar_t *service, wchar_t *display)
{
    wchar_t key[NAME_CHARS + 64];
    DWORD bytes = NAME_CHARS * sizeof *display;
    swprintf(key, NAME_CHARS + 64, L"SYSTEM\\CurrentControlSet\\Services\\%ls", service);
    if (RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DisplayName", RRF_RT_REG_SZ, NULL, display, &bytes))
        wcscpy(display, service);
}

/* An event of the SCM; data is text that only the newer style has. */
static void write_event(struct event_file *log, DWORD id, int string_count,
                        const wchar_t *const *strings, const wchar_t *data)
{
    struct event event = {0};
    event.provider = L"Service Control Manager";
    event.id = id;
    event.type = id >> 30 == 3 ? EVENTLOG_ERROR_TYPE : EVENTLOG_INFORMATION_TYPE;
    event.string_count = string_count;
    event.strings = strings;
    if (!style_2003() && data) {
        event.data = data;
        event.data_bytes = (DWORD)(wcslen(data) + 1) * sizeof *data;
    }
    append_event(log, &event);
}

/* 7031 or 7034 of a process that died, 7024 or 7023 of a service that said what went wrong. */
static void write_failure(struct event_file *log, const wchar_t *service, const wchar_t *display,
                          const SERVICE_STATUS *status)
{
    const wchar_t *crash[] = {display, L"1", L"1", L"3", L"Run the configured recovery program"};
    wchar_t code[16];
    const wchar_t *error[] = {display, code};
    if (status->dwWin32ExitCode == ERROR_PROCESS_ABORTED) {
        DWORD number = GetPrivateProfileIntW(SECTION, L"Crash", 7034, INI);
        write_event(log, ERROR_EVENT(number), number == 7031 ? 5 : 2, crash, service);
        return;
    }
    if (status->dwWin32ExitCode == ERROR_SERVICE_SPECIFIC_ERROR) {
        swprintf(code, 16, L"%%%%%lu", status->dwServiceSpecificExitCode);
        write_event(log, ERROR_EVENT(7024), 2, error, service);
    } else {
        swprintf(code, 16, L"%%%%%lu", status->dwWin32ExitCode);
        write_event(log, ERROR_EVENT(7023), 2, error, service);
    }
}

void write_status_event(struct event_file *log, const wchar_t *service,
                        const SERVICE_STATUS *status)
{
    wchar_t display[NAME_CHARS], word[64], data[NAME_CHARS + 8];
    const wchar_t *strings[] = {display, word};
    switch (status->dwCurrentState) {
    case SERVICE_RUNNING: setting(L"Running", L"running", word, 64); break;
    case SERVICE_STOPPED: setting(L"Stopped", L"stopped", word, 64); break;
    case SERVICE_PAUSED: setting(L"Paused", L"paused", word, 64); break;
    default: return;
    }
    display_name(service, display);
    if (status->dwCurrentState == SERVICE_STOPPED && status->dwWin32ExitCode != NO_ERROR)
        write_failure(log, service, display, status);
    swprintf(data, NAME_CHARS + 8, L"%ls/%lu", service, status->dwCurrentState);
    write_event(log, INFORMATION(7036), 2, strings, data);
}

void write_control_event(const wchar_t *service, const wchar_t *control)
{
    wchar_t display[NAME_CHARS];
    const wchar_t *strings[] = {display, control};
    struct event_file log;
    if (!style_2003() || !hold_service_events(&log)) return;
    display_name(service, display);
    write_event(&log, INFORMATION(7035), 2, strings, NULL);
    release_log(&log);
}

void write_start_type_event(const wchar_t *service, DWORD old_type, DWORD new_type)
{
    static const wchar_t *const types[] = {L"boot start", L"system start", L"auto start",
                                           L"demand start", L"disabled"};
    wchar_t display[NAME_CHARS];
    const wchar_t *strings[] = {display, types[old_type], types[new_type], service};
    struct event_file log;
    if (old_type == new_type || !hold_service_events(&log)) return;
    display_name(service, display);
    write_event(&log, INFORMATION(7040), style_2003() ? 3 : 4, strings, NULL);
    release_log(&log);
}

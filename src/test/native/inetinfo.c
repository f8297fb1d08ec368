/*
 * Stand-in for inetinfo.exe: a real service process whose start and stop behave as a test asks, so
 * that slow, failing and hanging plug-ins can be seen through the real Service Control Manager.
 *
 *   inetinfo.exe NAME      started by the SCM for service NAME
 *
 * C:\imf-bed\services.ini, section [NAME] (all optional, read again while waiting):
 *   StartDelayMs=0         time in START_PENDING
 *   StartMode=ok           ok | fail (STOPPED with the exit codes below) | hang (START_PENDING
 *                          until the mode changes) | never (no dispatcher is called until then)
 *   StopDelayMs=0          time in STOP_PENDING
 *   StopMode=ok            ok | fail (STOPPED with the exit codes) | hang (STOP_PENDING until the
 *                          mode changes) | ignore (RUNNING until the mode changes, then it stops)
 *   ExitCode=1066          dwWin32ExitCode of a failure; 1066 makes the next one count
 *   SpecificExitCode=42    dwServiceSpecificExitCode of a failure
 *
 *   Plugin=                a DLL to load in START_PENDING and to unload in STOP_PENDING, as IIS does
 *                          with filters and event sinks; see plugin.c
 * Section [events] of that file: see service_events.h.
 *
 * C:\imf-bed\services.log gets one line per SetServiceStatus, stamped and written right before the
 * call: a state seen through the SCM is in the log already. Its event is written right
 * after the call, while the event log is held: a client that sees a state and then reads the log finds it.
 *   <epoch ms> <NAME> <STATE> exit=<n> specific=<n> checkpoint=<n> pid=<n>
 */
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include "bed.h"
#include "service_events.h"

#define START_CALL_MS 250
#define CHECKPOINT_MS 500
#define WAIT_HINT_MS 5000

static char service_name[64];
static wchar_t wide_name[64];
static SERVICE_STATUS_HANDLE status_handle;
static HANDLE stop_requested;
static HANDLE ended;
static CRITICAL_SECTION reporting;
static DWORD checkpoint;

static DWORD setting(const char *key, DWORD otherwise)
{
    return GetPrivateProfileIntA(service_name, key, otherwise, BED_SERVICES_INI);
}

static BOOL mode_is(const char *key, const char *value)
{
    char mode[16];
    GetPrivateProfileStringA(service_name, key, "ok", mode, sizeof mode, BED_SERVICES_INI);
    return _stricmp(mode, value) == 0;
}

static unsigned long long epoch_ms(void)
{
    const unsigned long long unix_epoch_in_filetime = 116444736000000000ULL;
    FILETIME now;
    GetSystemTimePreciseAsFileTime(&now);
    return ((((unsigned long long)now.dwHighDateTime << 32) | now.dwLowDateTime)
            - unix_epoch_in_filetime) / 10000;
}

static const char *state_word(DWORD state)
{
    static const char *const words[] = {"?", "STOPPED", "START_PENDING", "STOP_PENDING", "RUNNING",
                                        "CONTINUE_PENDING", "PAUSE_PENDING", "PAUSED"};
    return words[state <= SERVICE_PAUSED ? state : 0];
}

static void log_status(const SERVICE_STATUS *status)
{
    char line[160];
    DWORD written;
    int length = snprintf(line, sizeof line,
                          "%llu %s %s exit=%lu specific=%lu checkpoint=%lu pid=%lu\n",
                          epoch_ms(), service_name, state_word(status->dwCurrentState),
                          status->dwWin32ExitCode, status->dwServiceSpecificExitCode,
                          status->dwCheckPoint, GetCurrentProcessId());
    HANDLE log = CreateFileA(BED_SERVICES_LOG, FILE_APPEND_DATA,
                             FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                             OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (log == INVALID_HANDLE_VALUE) return;
    WriteFile(log, line, length, &written, NULL);
    CloseHandle(log);
}

static void report_with_event(SERVICE_STATUS *status)
{
    struct event_file events;
    BOOL held = hold_service_events(&events);
    log_status(status);
    SetServiceStatus(status_handle, status);
    if (!held) return;
    write_status_event(&events, wide_name, status);
    release_log(&events);
}

static void report(DWORD state, DWORD exit_code, DWORD specific_exit_code)
{
    SERVICE_STATUS status = {0};
    BOOL pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
    status.dwServiceType = SERVICE_WIN32_SHARE_PROCESS;
    status.dwCurrentState = state;
    if (state == SERVICE_RUNNING || state == SERVICE_PAUSED)
        status.dwControlsAccepted =
            SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN | SERVICE_ACCEPT_PAUSE_CONTINUE;
    status.dwWin32ExitCode = exit_code;
    status.dwServiceSpecificExitCode = specific_exit_code;
    status.dwCheckPoint = pending ? ++checkpoint : (checkpoint = 0);
    status.dwWaitHint = pending ? WAIT_HINT_MS : 0;
    EnterCriticalSection(&reporting);
    report_with_event(&status);
    LeaveCriticalSection(&reporting);
    if (state == SERVICE_STOPPED) SetEvent(ended);
}

static void report_failure(void)
{
    report(SERVICE_STOPPED, setting("ExitCode", ERROR_SERVICE_SPECIFIC_ERROR),
           setting("SpecificExitCode", 42));
}

/* Stays in a pending state, with check points, as long as services.ini asks for it. */
static void linger(DWORD pending_state, const char *delay_key, const char *mode_key)
{
    ULONGLONG begin = GetTickCount64();
    ULONGLONG next_checkpoint = begin + CHECKPOINT_MS;
    for (;;) {
        ULONGLONG now = GetTickCount64();
        ULONGLONG end = begin + setting(delay_key, 0);
        if (now >= end && !mode_is(mode_key, "hang")) return;
        /* A hanging plug-in no longer reports progress; a slow one does. */
        if (now < end && now >= next_checkpoint) {
            report(pending_state, NO_ERROR, 0);
            next_checkpoint += CHECKPOINT_MS;
        }
        Sleep(now < end && end - now < BED_POLL_MS ? (DWORD)(end - now) : BED_POLL_MS);
    }
}

static DWORD WINAPI on_control(DWORD control, DWORD event_type, void *event_data, void *context)
{
    (void)event_type, (void)event_data, (void)context;
    switch (control) {
    case SERVICE_CONTROL_INTERROGATE:
        return NO_ERROR;
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_SHUTDOWN:
        SetEvent(stop_requested);
        return NO_ERROR;
    case SERVICE_CONTROL_PAUSE:
        report(SERVICE_PAUSED, NO_ERROR, 0);
        return NO_ERROR;
    case SERVICE_CONTROL_CONTINUE:
        report(SERVICE_RUNNING, NO_ERROR, 0);
        return NO_ERROR;
    case BED_CONTROL_QUIT:
        report_failure();
        return NO_ERROR;
    case BED_CONTROL_CRASH:
        /* Wine's SCM never notices a dead process, so the death is announced first. */
        report(SERVICE_STOPPED, ERROR_PROCESS_ABORTED, 0);
        return NO_ERROR;
    default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
}

static HMODULE load_plugin(void)
{
    char path[MAX_PATH];
    GetPrivateProfileStringA(service_name, "Plugin", "", path, sizeof path, BED_SERVICES_INI);
    return *path ? LoadLibraryA(path) : NULL;
}

static void WINAPI service_main(DWORD argc, char **argv)
{
    HANDLE events[2] = {stop_requested, ended};
    HMODULE plugin;
    (void)argc, (void)argv;
    status_handle = RegisterServiceCtrlHandlerExA(service_name, on_control, NULL);
    report(SERVICE_START_PENDING, NO_ERROR, 0);
    plugin = load_plugin();
    linger(SERVICE_START_PENDING, "StartDelayMs", "StartMode");
    if (mode_is("StartMode", "fail")) {
        /* Wine's SCM answers StartService with 1053 to a service that ends before that call does. */
        Sleep(START_CALL_MS);
        report_failure();
        return;
    }
    report(SERVICE_RUNNING, NO_ERROR, 0);

    if (WaitForMultipleObjects(2, events, FALSE, INFINITE) != WAIT_OBJECT_0) return;
    while (mode_is("StopMode", "ignore")) Sleep(BED_POLL_MS);
    report(SERVICE_STOP_PENDING, NO_ERROR, 0);
    linger(SERVICE_STOP_PENDING, "StopDelayMs", "StopMode");
    if (plugin) FreeLibrary(plugin);
    if (mode_is("StopMode", "fail"))
        report_failure();
    else
        report(SERVICE_STOPPED, NO_ERROR, 0);
}

int main(int argc, char **argv)
{
    SERVICE_TABLE_ENTRYA table[] = {{service_name, service_main}, {NULL, NULL}};
    if (argc != 2 || strlen(argv[1]) >= sizeof service_name) {
        fprintf(stderr, "usage: inetinfo.exe SERVICE (started by the service control manager)\n");
        return 2;
    }
    strcpy(service_name, argv[1]);
    swprintf(wide_name, 64, L"%hs", service_name);
    InitializeCriticalSection(&reporting);
    stop_requested = CreateEventA(NULL, TRUE, FALSE, NULL);
    ended = CreateEventA(NULL, TRUE, FALSE, NULL);
    while (mode_is("StartMode", "never")) Sleep(BED_POLL_MS);
    if (!StartServiceCtrlDispatcherA(table)) return 1;
    /* The dispatcher returns at the last STOPPED, whose event is still being written. */
    EnterCriticalSection(&reporting);
    return 0;
}

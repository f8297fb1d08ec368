/*
 * advapi32.dll for the Windows JVM under Wine, beside java.exe. It forwards every export to Wine's
 * own (a copy named advreal.dll) except for what Wine stubs or cannot do. Only java.exe loads it.
 *
 * Compensated (Wine 8 behaviour in brackets):
 *   registry.c  RegQueryValueExW(HKEY_PERFORMANCE_DATA, "Counter 009" | "Help 009") [a fixed stub]
 *               RegConnectRegistryW to this machine's loopback names [53]
 *   services.c  QueryServiceConfigW: lpDependencies [always empty]
 *               QueryServiceConfig2W(SERVICE_CONFIG_DELAYED_AUTO_START_INFO,
 *               SERVICE_CONFIG_FAILURE_ACTIONS, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG) [124]
 *   service_settings.c ChangeServiceConfig2W: recovery actions, delayed start, SID, privileges [124]
 *   event_report.c RegisterEventSourceW, ReportEventW: into the bed's Application log [nowhere]
 *   dependents.c EnumDependentServicesW [none]
 *   notify.c    BedLateNotifications() counts those of [CloseServiceHandle] below;
 *               NotifyServiceStatusChangeW(SERVICE_NOTIFY_DELETE_PENDING) [never fires]
 *   event_log.c, event_log_notify.c OpenEventLogW, ReadEventLogW, NotifyChangeEventLog and their
 *               companions, from the files of event_file.h [no records, never fires]
 * Counted, because GetProcessHandleCount is 0 under Wine: see BedOpenHandles in handles.c.
 *
 * Faults that a test asks for in C:\imf-bed\faults.ini, a section per function, a line per name:
 *   [OpenServiceW]                SMTPSVC=5        fails with 5, access denied
 *   [NotifyServiceStatusChangeW]  SMTPSVC=1294,1   fails with 1294 once; the line goes when used up
 *   [QueryServiceStatusEx]        SMTPSVC=hang     does not return while the line is there
 *   [CloseServiceHandle]          SMTPSVC=500,1    the notification that was asked for comes 500 ms
 *                                                  after the handle is closed
 *   [RegOpenKeyExW]               *=5              * stands for any name
 * Functions and what NAME is: OpenSCManagerW (machine, "." for this one); OpenServiceW,
 * QueryServiceStatusEx, QueryServiceConfigW, QueryServiceConfig2W, ChangeServiceConfig2W,
 * EnumDependentServicesW,
 * NotifyServiceStatusChangeW (service); RegOpenKeyExW (sub-key, or its last parts);
 * RegQueryValueExW (value, e.g. 5000 or Counter 009); OpenEventLogW, GetNumberOfEventLogRecords,
 * GetOldestEventLogRecord, NotifyChangeEventLog (log); ReadEventLogW (log, or only its seek reads:
 * "System seek").
 */
#ifndef SHIM_H
#define SHIM_H

/* Our functions define what the header else declares as imported. */
#define _ADVAPI32_
#include <windows.h>

#define NAME_CHARS 260

/* Wine's own function. The shim calls advapi32 in no other way, else it would call itself. */
#define REAL(function) ((__typeof__(&function))real_function(#function))
void *real_function(const char *name);

/* The code that faults.ini demands, or 0. Hangs as long as it demands that. Sets the last error. */
DWORD fault(const wchar_t *function, const wchar_t *name);
/* The same, also for the last parts of a path. */
DWORD fault_for_path(const wchar_t *function, const wchar_t *path);

/* Handles that came out of the shim, with the name they were opened by. */
void remember_handle(void *handle, const wchar_t *name);
void forget_handle(void *handle);
/* The name of a handle into name[NAME_CHARS]; "" when it is not known. */
void handle_name(void *handle, wchar_t *name);

/* A value of HKLM\SYSTEM\CurrentControlSet\Services\SERVICE; *size in bytes. */
LSTATUS service_value(const wchar_t *service, const wchar_t *value, DWORD flags, void *data,
                      DWORD *size);

/* Ends the registrations of a service handle; called before it is closed. */
void forget_notifications(SC_HANDLE service);

/* Ends the notifications of an event log handle; called before it is closed. */
void forget_log_notifications(HANDLE log);

#endif

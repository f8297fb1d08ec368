/*
 * What the Service Control Manager of a Windows writes into the event log System.
 *
 * C:\imf-bed\services.ini, section [events] (all optional):
 *   Style=vista            vista (7036 and failures carry UTF-16 data, the short name) | 2003
 *                          (none do; 7035 comes with every control)
 *   Disabled=0             1: nothing is written
 *   Running=running        the localized words of 7036; also Stopped, Paused
 *   Crash=7034             7034 | 7031 (with a recovery action: IIS Admin has one)
 *
 * Event numbers and strings: https://learn.microsoft.com/previous-versions/windows/it-pro/
 * windows-server-2008-R2-and-2008/cc756340(v=ws.10) and the pages of each event beside it.
 */
#ifndef SERVICE_EVENTS_H
#define SERVICE_EVENTS_H

#include <windows.h>

#include "event_file.h"

/* FALSE when nothing is to be written, else the log is held. */
BOOL hold_service_events(struct event_file *log);

/* 7036 for STOPPED, RUNNING and PAUSED; before it what explains a STOPPED by its exit codes. */
void write_status_event(struct event_file *log, const wchar_t *service,
                        const SERVICE_STATUS *status);

/* 7035 of a 2003: a control was sent, "start" or "stop". */
void write_control_event(const wchar_t *service, const wchar_t *control);

/* 7040. */
void write_start_type_event(const wchar_t *service, DWORD old_type, DWORD new_type);

#endif

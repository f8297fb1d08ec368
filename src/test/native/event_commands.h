/* The commands of scmctl for the event logs of the bed; they are listed at its head. */
#ifndef EVENT_COMMANDS_H
#define EVENT_COMMANDS_H

#include <wchar.h>

/* From "event" on. Exit codes as scmctl's. */
int event_command(int argc, wchar_t **argv);

#endif

#include "event_commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "event_file.h"

#define MAX_DATA 4096
#define FIRST_STRING 11

static DWORD number(const wchar_t *text)
{
    return wcstoul(text, NULL, 0);
}

/* "-" is none. */
static DWORD parse_hex(const wchar_t *text, BYTE *bytes)
{
    DWORD count = 0;
    unsigned value;
    while (count < MAX_DATA && swscanf(text + 2 * count, L"%2x", &value) == 1)
        bytes[count++] = (BYTE)value;
    return count;
}

/* The strings, over and over, since a command line is not long enough for a large record. */
static const wchar_t **repeat(wchar_t **strings, int count, int copies)
{
    const wchar_t **all = malloc((count * copies + 1) * sizeof *all);
    for (int i = 0; all && i < count * copies; i++) all[i] = strings[i % count];
    return all;
}

/* event append LOG PROVIDER ID TYPE CATEGORY SECONDS COUNT COPIES DATA STRING... */
static BOOL append(struct event_file *log, int argc, wchar_t **argv)
{
    int strings = argc - FIRST_STRING, copies = (int)number(argv[9]);
    BYTE data[MAX_DATA];
    struct event event = {0};
    BOOL done;
    event.provider = argv[3];
    event.id = number(argv[4]);
    event.type = (WORD)number(argv[5]);
    event.category = (WORD)number(argv[6]);
    event.time = epoch_seconds() + wcstol(argv[7], NULL, 10);
    event.data = data;
    event.data_bytes = parse_hex(argv[10], data);
    event.string_count = strings * copies;
    event.strings = repeat(argv + FIRST_STRING, strings, copies);
    done = append_events(log, &event, number(argv[8]));
    free((void *)event.strings);
    return done;
}

int event_command(int argc, wchar_t **argv)
{
    const wchar_t *command = argc > 2 ? argv[1] : L"";
    struct event_file log;
    BOOL done;
    if (!(wcscmp(command, L"append") == 0 && argc >= FIRST_STRING)
        && !(wcscmp(command, L"clear") == 0 && argc == 4)
        && !(wcscmp(command, L"wrap") == 0 && argc == 4))
        return 2;
    if (!hold_log(argv[2], &log)) {
        printf("hold %ls: %lu\n", argv[2], GetLastError());
        return 1;
    }
    if (*command == L'a') done = append(&log, argc, argv);
    else if (*command == L'c') done = clear_log(&log, number(argv[3]));
    else done = drop_oldest(&log, number(argv[3]));
    if (!done) printf("%ls %ls: %lu\n", command, argv[2], GetLastError());
    else printf("%ls %ls: next %lu\n", command, argv[2], log.header.next);
    release_log(&log);
    return done ? 0 : 1;
}

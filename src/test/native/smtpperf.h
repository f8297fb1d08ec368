/* What the two halves of the performance provider share. */
#ifndef SMTPPERF_H
#define SMTPPERF_H

#include <windows.h>
#include <winperf.h>

/* The indexes of the object in the name and help tables; its counters follow in steps of two. */
extern DWORD first_counter, first_help;

/* A number from [Provider] of performance.ini. */
DWORD provider_setting(const char *key, DWORD otherwise);

/* Writes the object into zeroed memory; returns its bytes. */
DWORD write_object(BYTE *data);

#endif

/*
 * Performance provider stand-in: the object "SMTP Server" behind HKEY_PERFORMANCE_DATA, loaded by
 * the reading process just as SMTPSVC's own perfsmtp.dll is.
 *
 * C:\imf-bed\performance.ini (all optional, read at every query):
 *   [Provider]
 *   Instances=_Total,SMTP 1   virtual servers, in this order
 *   DelayMs=0                 time that a query takes
 *   Hang=0                    1: a query does not return until this is 0 again
 *   Fail=0                    Win32 code that the provider returns instead of data
 *   PadBytes=0                bytes after the last instance, to outgrow the reader's buffer (up to
 *                             3,000,000)
 *   Alignment=8               4: counters packed as a 32-bit provider does
 *   Corrupt=                  one of: TotalByteLength DefinitionLength HeaderLength NumCounters
 *                             NumInstances CounterByteLength CounterOffset InstanceByteLength
 *                             NameOffset NameLength BlockByteLength; that field (of one counter, of
 *                             every instance) gets CorruptValue
 *   CorruptValue=0x7ffffff0
 *   [SMTP 1]                  a section per instance
 *   Local Queue Length=7      a line per counter; 0 when missing. In _Total, a missing line is the
 *                             sum over the other instances
 */
#include "smtpperf.h"

#include <stdlib.h>
#include <string.h>

#include "bed.h"

#define PERFORMANCE_KEY "SYSTEM\\CurrentControlSet\\Services\\SMTPSVC\\Performance"
#define MAX_DATA (4 * 1024 * 1024)

DWORD first_counter, first_help;

DWORD provider_setting(const char *key, DWORD otherwise)
{
    char text[24];
    if (!GetPrivateProfileStringA("Provider", key, "", text, sizeof text, BED_PERFORMANCE_INI))
        return otherwise;
    return strtoul(text, NULL, 0);
}

static BOOL is_wanted(const WCHAR *query)
{
    if (!query || !*query || _wcsicmp(query, L"Global") == 0) return TRUE;
    while (*query) {
        WCHAR *end;
        if (wcstoul(query, &end, 10) == first_counter) return TRUE;
        query = end == query ? query + 1 : end;
    }
    return FALSE;
}

/*
 * Wine 8's kernelbase hands the first provider a pointer that lies sizeof(PERF_DATA_BLOCK) too far
 * (it adds HeaderLength to the end of the header instead of to its start), so that neither the
 * header's own length nor the returned size would fit the data. Where the header proves it, the
 * object goes where HeaderLength says it is; on Windows nothing matches and nothing changes.
 */
static BYTE *where_header_says(BYTE *given)
{
    const DWORD most_alignment = 128;
    for (DWORD header = sizeof(PERF_DATA_BLOCK); header <= sizeof(PERF_DATA_BLOCK) + most_alignment;
         header += 8) {
        PERF_DATA_BLOCK *block = (PERF_DATA_BLOCK *)(given - sizeof *block - header);
        if (memcmp(block->Signature, L"PERF", 8) == 0 && block->HeaderLength == header
            && block->TotalByteLength == header)
            return given - sizeof *block;
    }
    return given;
}

DWORD WINAPI SmtpOpen(const WCHAR *device_names)
{
    DWORD size = sizeof first_counter;
    (void)device_names;
    if (RegGetValueA(HKEY_LOCAL_MACHINE, PERFORMANCE_KEY, "First Counter", RRF_RT_REG_DWORD, NULL,
                     &first_counter, &size))
        return ERROR_FILE_NOT_FOUND;
    size = sizeof first_help;
    return RegGetValueA(HKEY_LOCAL_MACHINE, PERFORMANCE_KEY, "First Help", RRF_RT_REG_DWORD, NULL,
                        &first_help, &size);
}

DWORD WINAPI SmtpCollect(const WCHAR *query, void **data, DWORD *bytes, DWORD *object_types)
{
    DWORD room = *bytes, length, failure;
    BYTE *object, *target;
    *bytes = 0;
    *object_types = 0;
    if (!is_wanted(query)) return ERROR_SUCCESS;
    Sleep(provider_setting("DelayMs", 0));
    while (provider_setting("Hang", 0)) Sleep(BED_POLL_MS);
    if ((failure = provider_setting("Fail", 0)) != 0) return failure;

    object = calloc(1, MAX_DATA);
    if (!object) return ERROR_OUTOFMEMORY;
    length = write_object(object);
    if (length > room) {
        free(object);
        return ERROR_MORE_DATA;
    }
    target = where_header_says(*data);
    memcpy(target, object, length);
    free(object);
    *data = target + length;
    *bytes = length;
    *object_types = 1;
    return ERROR_SUCCESS;
}

DWORD WINAPI SmtpClose(void)
{
    return ERROR_SUCCESS;
}

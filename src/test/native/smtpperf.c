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
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winperf.h>

#include "bed.h"
#include "smtp_counters.h"

#define PERFORMANCE_KEY "SYSTEM\\CurrentControlSet\\Services\\SMTPSVC\\Performance"
#define MAX_DATA (4 * 1024 * 1024)
#define SECTION_CHARS 16384
#define ALIGN_UP(n, to) (((n) + (to) - 1) / (to) * (to))

static const struct counter {
    const char *name;
    DWORD type, size;
} counters[] = {
#define COUNTER(name, type, size) {name, type, size},
    SMTP_COUNTERS(COUNTER)
#undef COUNTER
};
#define COUNTERS (sizeof counters / sizeof counters[0])

static DWORD first_counter, first_help;

static DWORD setting(const char *key, DWORD otherwise)
{
    char text[24];
    if (!GetPrivateProfileStringA("Provider", key, "", text, sizeof text, BED_PERFORMANCE_INI))
        return otherwise;
    return strtoul(text, NULL, 0);
}

/* Puts the value of a counter into *value if the instance's section has a line for it. */
static BOOL configured(const char *section, const char *name, ULONGLONG *value)
{
    size_t length = strlen(name);
    for (const char *line = section; *line; line += strlen(line) + 1) {
        if (_strnicmp(line, name, length) == 0 && line[length] == '=') {
            *value = strtoull(line + length + 1, NULL, 0);
            return TRUE;
        }
    }
    return FALSE;
}

static void read_values(const char *instance, ULONGLONG *values)
{
    char section[SECTION_CHARS] = {0};
    GetPrivateProfileSectionA(instance, section, sizeof section, BED_PERFORMANCE_INI);
    for (DWORD i = 0; i < COUNTERS; i++) configured(section, counters[i].name, &values[i]);
}

static void sum_values(const char *instances, ULONGLONG *sums)
{
    char list[512], *rest;
    strcpy(list, instances);
    for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
        ULONGLONG values[COUNTERS] = {0};
        if (strcmp(name, "_Total") == 0) continue;
        read_values(name, values);
        for (DWORD i = 0; i < COUNTERS; i++) sums[i] += values[i];
    }
}

/* Damages a field when the test asked for just this one. */
static void corrupt(const char *field, DWORD *value)
{
    char wanted[32];
    GetPrivateProfileStringA("Provider", "Corrupt", "", wanted, sizeof wanted, BED_PERFORMANCE_INI);
    if (_stricmp(wanted, field) == 0) *value = setting("CorruptValue", 0x7ffffff0);
}

/* Writes the counter definitions; returns the length of the counter block they describe. */
static DWORD define_counters(PERF_COUNTER_DEFINITION *definitions, DWORD alignment)
{
    DWORD offset = sizeof(PERF_COUNTER_BLOCK);
    for (DWORD i = 0; i < COUNTERS; i++) {
        PERF_COUNTER_DEFINITION *definition = &definitions[i];
        DWORD to = counters[i].size < alignment ? counters[i].size : alignment;
        offset = ALIGN_UP(offset, to);
        definition->ByteLength = sizeof *definition;
        definition->CounterNameTitleIndex = first_counter + 2 + 2 * i;
        definition->CounterHelpTitleIndex = first_help + 2 + 2 * i;
        definition->DetailLevel = PERF_DETAIL_NOVICE;
        definition->CounterType = counters[i].type;
        definition->CounterSize = counters[i].size;
        definition->CounterOffset = offset;
        offset += counters[i].size;
    }
    return ALIGN_UP(offset, alignment);
}

/* Writes an instance with its counter block; returns the bytes used. */
static DWORD write_instance(BYTE *at, const char *name, const char *instances,
                            const PERF_COUNTER_DEFINITION *definitions, DWORD block_length,
                            DWORD alignment)
{
    PERF_INSTANCE_DEFINITION *instance = (PERF_INSTANCE_DEFINITION *)at;
    DWORD name_bytes = MultiByteToWideChar(CP_ACP, 0, name, -1, (WCHAR *)(instance + 1), 64) * 2;
    DWORD length = ALIGN_UP(sizeof *instance + name_bytes, alignment);
    PERF_COUNTER_BLOCK *block = (PERF_COUNTER_BLOCK *)(at + length);
    ULONGLONG values[COUNTERS] = {0};

    instance->ByteLength = length;
    instance->UniqueID = PERF_NO_UNIQUE_ID;
    instance->NameOffset = sizeof *instance;
    instance->NameLength = name_bytes;
    block->ByteLength = block_length;

    if (strcmp(name, "_Total") == 0) sum_values(instances, values);
    read_values(name, values);
    for (DWORD i = 0; i < COUNTERS; i++)
        memcpy((BYTE *)block + definitions[i].CounterOffset, &values[i], counters[i].size);

    corrupt("InstanceByteLength", &instance->ByteLength);
    corrupt("NameOffset", &instance->NameOffset);
    corrupt("NameLength", &instance->NameLength);
    corrupt("BlockByteLength", &block->ByteLength);
    return length + block_length;
}

static DWORD write_object(BYTE *data)
{
    PERF_OBJECT_TYPE *object = (PERF_OBJECT_TYPE *)data;
    PERF_COUNTER_DEFINITION *definitions = (PERF_COUNTER_DEFINITION *)(object + 1);
    char instances[512], list[512], *rest;
    DWORD alignment = setting("Alignment", 8);
    DWORD block_length = define_counters(definitions, alignment);
    DWORD length = sizeof *object + COUNTERS * sizeof *definitions;

    object->HeaderLength = sizeof *object;
    object->DefinitionLength = length;
    object->ObjectNameTitleIndex = first_counter;
    object->ObjectHelpTitleIndex = first_help;
    object->DetailLevel = PERF_DETAIL_NOVICE;
    object->NumCounters = COUNTERS;
    QueryPerformanceCounter(&object->PerfTime);
    QueryPerformanceFrequency(&object->PerfFreq);

    GetPrivateProfileStringA("Provider", "Instances", "_Total,SMTP 1", instances, sizeof instances,
                             BED_PERFORMANCE_INI);
    strcpy(list, instances);
    for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
        length += write_instance(data + length, name, instances, definitions, block_length, alignment);
        object->NumInstances++;
    }
    length += ALIGN_UP(setting("PadBytes", 0), 8);
    object->TotalByteLength = length;

    /* Last, so that only the damaged field lies. */
    corrupt("TotalByteLength", &object->TotalByteLength);
    corrupt("DefinitionLength", &object->DefinitionLength);
    corrupt("HeaderLength", &object->HeaderLength);
    corrupt("NumCounters", &object->NumCounters);
    corrupt("NumInstances", (DWORD *)&object->NumInstances);
    corrupt("CounterByteLength", &definitions[COUNTERS / 2].ByteLength);
    corrupt("CounterOffset", &definitions[COUNTERS / 2].CounterOffset);
    return length;
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
    Sleep(setting("DelayMs", 0));
    while (setting("Hang", 0)) Sleep(BED_POLL_MS);
    if ((failure = setting("Fail", 0)) != 0) return failure;

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

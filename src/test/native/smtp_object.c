/*
 * Writes the object "SMTP Server" as PERF_OBJECT_TYPE with definitions, instances and counter
 * blocks: https://learn.microsoft.com/windows/win32/perfctrs/performance-data-format
 */
#include <stdlib.h>
#include <string.h>

#include "bed.h"
#include "smtp_counters.h"
#include "smtpperf.h"

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

/* Changes *value when the instance's section has a line for the counter. */
static void read_value(const char *section, const char *name, ULONGLONG *value)
{
    size_t length = strlen(name);
    for (const char *line = section; *line; line += strlen(line) + 1) {
        if (_strnicmp(line, name, length) == 0 && line[length] == '=') {
            *value = strtoull(line + length + 1, NULL, 0);
            return;
        }
    }
}

static void read_values(const char *instance, ULONGLONG *values)
{
    char section[SECTION_CHARS] = {0};
    GetPrivateProfileSectionA(instance, section, sizeof section, BED_PERFORMANCE_INI);
    for (DWORD i = 0; i < COUNTERS; i++) read_value(section, counters[i].name, &values[i]);
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
    if (_stricmp(wanted, field) == 0) *value = provider_setting("CorruptValue", 0x7ffffff0);
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

DWORD write_object(BYTE *data)
{
    PERF_OBJECT_TYPE *object = (PERF_OBJECT_TYPE *)data;
    PERF_COUNTER_DEFINITION *definitions = (PERF_COUNTER_DEFINITION *)(object + 1);
    char instances[512], list[512], *rest;
    DWORD alignment = provider_setting("Alignment", 8);
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
        length += write_instance(data + length, name, instances, definitions, block_length,
                                 alignment);
        object->NumInstances++;
    }
    length += ALIGN_UP(provider_setting("PadBytes", 0), 8);
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

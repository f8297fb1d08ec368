/*
 * The object "SMTP Server" as our provider serves it: COUNTER(English display name, type, bytes).
 * The one list: smtpperf.c compiles it, registry_file.py makes the name table from it.
 * The 42 counters of the exporter's catalogue stand among rates, fractions and averages, which real
 * hosts have too and which a reader must skip by type or name. Each 8-byte counter follows an odd
 * number of 4-byte ones somewhere, so offsets have gaps.
 */
#ifndef SMTP_COUNTERS_H
#define SMTP_COUNTERS_H

#define SMTP_COUNTERS(COUNTER)                                                    \
    COUNTER("Bytes Total", PERF_COUNTER_LARGE_RAWCOUNT, 8)                        \
    COUNTER("Bytes Total/sec", PERF_COUNTER_BULK_COUNT, 8)                        \
    COUNTER("Bytes Sent Total", PERF_COUNTER_LARGE_RAWCOUNT, 8)                   \
    COUNTER("Bytes Sent/sec", PERF_COUNTER_BULK_COUNT, 8)                         \
    COUNTER("Bytes Received Total", PERF_COUNTER_LARGE_RAWCOUNT, 8)               \
    COUNTER("Bytes Received/sec", PERF_COUNTER_BULK_COUNT, 8)                     \
    COUNTER("Message Bytes Sent Total", PERF_COUNTER_LARGE_RAWCOUNT, 8)           \
    COUNTER("Message Bytes Received Total", PERF_COUNTER_LARGE_RAWCOUNT, 8)       \
    COUNTER("Messages Received Total", PERF_COUNTER_RAWCOUNT, 4)                  \
    COUNTER("Messages Received/sec", PERF_COUNTER_COUNTER, 4)                     \
    COUNTER("Avg Recipients/msg Received", PERF_RAW_FRACTION, 4)                  \
    COUNTER("Avg Recipients/msg Received Base", PERF_RAW_BASE, 4)                 \
    COUNTER("% Recipients Local", PERF_RAW_FRACTION, 4)                           \
    COUNTER("% Recipients Local Base", PERF_RAW_BASE, 4)                          \
    COUNTER("Messages Refused for Size", PERF_COUNTER_RAWCOUNT, 4)                \
    COUNTER("Messages Refused for Address Objects", PERF_COUNTER_RAWCOUNT, 4)     \
    COUNTER("Messages Refused for Mail Objects", PERF_COUNTER_RAWCOUNT, 4)        \
    COUNTER("Messages Delivered Total", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Messages Delivered/sec", PERF_COUNTER_COUNTER, 4)                    \
    COUNTER("Message Delivery Retries", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Directory Drops Total", PERF_COUNTER_RAWCOUNT, 4)                    \
    COUNTER("Local Queue Length", PERF_COUNTER_RAWCOUNT, 4)                       \
    COUNTER("Local Retry Queue Length", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Number of MailFiles Open", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Number of QueueFiles Open", PERF_COUNTER_RAWCOUNT, 4)                \
    COUNTER("Current Messages in Local Delivery", PERF_COUNTER_RAWCOUNT, 4)       \
    COUNTER("Messages Sent Total", PERF_COUNTER_RAWCOUNT, 4)                      \
    COUNTER("Messages Sent/sec", PERF_COUNTER_COUNTER, 4)                         \
    COUNTER("Message Send Retries", PERF_COUNTER_RAWCOUNT, 4)                     \
    COUNTER("Remote Queue Length", PERF_COUNTER_RAWCOUNT, 4)                      \
    COUNTER("Remote Retry Queue Length", PERF_COUNTER_RAWCOUNT, 4)                \
    COUNTER("NDRs Generated", PERF_COUNTER_RAWCOUNT, 4)                           \
    COUNTER("Badmailed Messages (No Recipients)", PERF_COUNTER_RAWCOUNT, 4)       \
    COUNTER("Badmailed Messages (Hop Count Exceeded)", PERF_COUNTER_RAWCOUNT, 4)  \
    COUNTER("Badmailed Messages (General Failure)", PERF_COUNTER_RAWCOUNT, 4)     \
    COUNTER("Badmailed Messages (Bad Pickup File)", PERF_COUNTER_RAWCOUNT, 4)     \
    COUNTER("Badmailed Messages (Triggered via Event)", PERF_COUNTER_RAWCOUNT, 4) \
    COUNTER("Badmailed Messages (NDR of DSN)", PERF_COUNTER_RAWCOUNT, 4)          \
    COUNTER("Messages Pending Routing", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Messages Currently Undeliverable", PERF_COUNTER_RAWCOUNT, 4)         \
    COUNTER("Categorizer Queue Length", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Total messages submitted", PERF_COUNTER_RAWCOUNT, 4)                 \
    COUNTER("Total DSN Failures", PERF_COUNTER_RAWCOUNT, 4)                       \
    COUNTER("Inbound Connections Current", PERF_COUNTER_RAWCOUNT, 4)              \
    COUNTER("Inbound Connections Total", PERF_COUNTER_RAWCOUNT, 4)                \
    COUNTER("Outbound Connections Current", PERF_COUNTER_RAWCOUNT, 4)             \
    COUNTER("Outbound Connections Total", PERF_COUNTER_RAWCOUNT, 4)               \
    COUNTER("Outbound Connections Refused", PERF_COUNTER_RAWCOUNT, 4)             \
    COUNTER("Total Connection Errors", PERF_COUNTER_RAWCOUNT, 4)                  \
    COUNTER("Pickup Directory Messages Retrieved Total", PERF_COUNTER_RAWCOUNT, 4)\
    COUNTER("Routing Table Lookups Total", PERF_COUNTER_RAWCOUNT, 4)              \
    COUNTER("Routing Table Lookups/sec", PERF_COUNTER_COUNTER, 4)                 \
    COUNTER("DNS Queries Total", PERF_COUNTER_RAWCOUNT, 4)                        \
    COUNTER("ETRN Messages Total", PERF_COUNTER_RAWCOUNT, 4)

#endif

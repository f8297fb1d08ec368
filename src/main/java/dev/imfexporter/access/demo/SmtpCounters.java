package dev.imfexporter.access.demo;

import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.util.List;
import java.util.SortedMap;

/**
 * The performance object {@code SMTP Server} of the demo host. Counters that the story does not
 * cover are proportional to its mail, so that totals only increase.
 */
final class SmtpCounters {
  static final int OBJECT = 5_002;

  // winperf.h
  private static final int RAW_FRACTION = 0x20020400;
  private static final int RAW_BASE = 0x40030403;

  private static final double BYTES_PER_MESSAGE = 38_500;
  private static final double BYTES_ON_THE_WIRE = 39_900;

  private static final List<CounterSet.Part> PARTS =
      List.of(
          CounterSet.large("Bytes Sent Total", mail -> mail.sent() * BYTES_ON_THE_WIRE),
          CounterSet.large("Bytes Received Total", mail -> mail.received() * BYTES_ON_THE_WIRE),
          CounterSet.large(
              "Message Bytes Received Total", mail -> mail.received() * BYTES_PER_MESSAGE),
          CounterSet.large("Message Bytes Sent Total", mail -> mail.sent() * BYTES_PER_MESSAGE),
          CounterSet.count("Messages Received Total", Mail::received),
          CounterSet.rate("Messages Received/sec", Mail::received),
          new CounterSet.Part(
              "Avg Recipients/msg Received", RAW_FRACTION, mail -> mail.received() * 1.4),
          new CounterSet.Part("Avg Recipients/msg Received Base", RAW_BASE, Mail::received),
          CounterSet.count(
              "Total messages submitted", mail -> mail.received() + mail.received() / 150),
          CounterSet.count("Messages Delivered Total", Mail::delivered),
          CounterSet.count("Message Delivery Retries", mail -> mail.delivered() / 400),
          CounterSet.count("Messages Sent Total", Mail::sent),
          CounterSet.count("Message Send Retries", mail -> mail.sent() / 60),
          CounterSet.count("Messages Refused for Size", mail -> mail.received() / 700),
          CounterSet.count("Messages Refused for Address Objects", mail -> 0),
          CounterSet.count("Messages Refused for Mail Objects", mail -> 0),
          CounterSet.count("NDRs Generated", mail -> mail.received() / 150 + mail.bounced()),
          CounterSet.count("Total DSN Failures", mail -> mail.received() / 2_000 + mail.bounced()),
          CounterSet.count("Badmailed Messages (Bad Pickup File)", mail -> 0),
          CounterSet.count("Badmailed Messages (General Failure)", mail -> mail.received() / 5_000),
          CounterSet.count("Badmailed Messages (Hop Count Exceeded)", mail -> 0),
          CounterSet.count("Badmailed Messages (NDR of DSN)", mail -> mail.received() / 900),
          CounterSet.count("Badmailed Messages (No Recipients)", mail -> 0),
          CounterSet.count("Badmailed Messages (Triggered via Event)", mail -> 0),
          CounterSet.count("Local Queue Length", mail -> mail.localQueue() + mail.inHand()),
          CounterSet.count("Local Retry Queue Length", mail -> mail.localQueue() / 20),
          CounterSet.count("Remote Queue Length", mail -> mail.remoteQueue() + mail.inHand() / 2.0),
          CounterSet.count("Remote Retry Queue Length", mail -> mail.remoteQueue() / 8),
          CounterSet.count(
              "Categorizer Queue Length", mail -> mail.queued() / 12 + mail.inHand() / 3.0),
          CounterSet.count("Messages Pending Routing", mail -> mail.queued() / 30),
          CounterSet.count("Messages Currently Undeliverable", mail -> 0),
          CounterSet.count(
              "Current Messages in Local Delivery", mail -> Math.min(4, mail.localQueue())),
          CounterSet.count("Number of MailFiles Open", mail -> mail.queued() / 4 + mail.inHand()),
          CounterSet.count("Number of QueueFiles Open", mail -> mail.queued() / 4 + mail.inHand()),
          CounterSet.count("Inbound Connections Current", mail -> mail.perSecond() + 1),
          CounterSet.count("Inbound Connections Total", mail -> mail.received() / 1.3),
          CounterSet.count(
              "Outbound Connections Current", mail -> Math.min(8, mail.remoteQueue() + 1)),
          CounterSet.count("Outbound Connections Total", mail -> mail.sent() / 1.6),
          CounterSet.count("Outbound Connections Refused", mail -> mail.sent() / 300),
          CounterSet.count("Total Connection Errors", mail -> mail.received() / 450),
          CounterSet.count("DNS Queries Total", mail -> mail.sent() * 1.2),
          CounterSet.count("Routing Table Lookups Total", Mail::received),
          CounterSet.count("Directory Drops Total", mail -> 0),
          CounterSet.count("ETRN Messages Total", mail -> 0),
          CounterSet.count(
              "Pickup Directory Messages Retrieved Total", mail -> mail.received() / 80));

  private static final CounterSet COUNTERS = new CounterSet(OBJECT, "SMTP Server", PARTS);

  private SmtpCounters() {}

  /** The object with the one virtual server that the host has. */
  static PerformanceObject of(Mail mail) {
    List<Counter> counters = COUNTERS.of(mail);
    return new PerformanceObject(
        OBJECT, List.of(new Instance("_Total", counters), new Instance("SMTP 1", counters)));
  }

  static SortedMap<Integer, String> names() {
    return COUNTERS.names();
  }
}

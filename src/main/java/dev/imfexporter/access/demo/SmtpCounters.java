package dev.imfexporter.access.demo;

import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The performance object {@code SMTP Server} of the demo host. What the story does not tell of is
 * kept in proportion to the mail that it tells of, so that totals only ever grow.
 */
final class SmtpCounters {
  static final int OBJECT = 5_002;
  private static final int FIRST = OBJECT + 2;

  // winperf.h
  private static final int RAWCOUNT = 0x00010000;
  private static final int LARGE_RAWCOUNT = 0x00010100;
  private static final int COUNTER = 0x10410400;
  private static final int RAW_FRACTION = 0x20020400;
  private static final int RAW_BASE = 0x40030403;

  private static final double BYTES_PER_MESSAGE = 38_500;
  private static final double BYTES_ON_THE_WIRE = 39_900;

  private record Part(String name, int type, ToDoubleFunction<Mail> value) {}

  private static final List<Part> PARTS =
      List.of(
          large("Bytes Sent Total", mail -> mail.sent() * BYTES_ON_THE_WIRE),
          large("Bytes Received Total", mail -> mail.received() * BYTES_ON_THE_WIRE),
          large("Message Bytes Received Total", mail -> mail.received() * BYTES_PER_MESSAGE),
          large("Message Bytes Sent Total", mail -> mail.sent() * BYTES_PER_MESSAGE),
          count("Messages Received Total", Mail::received),
          new Part("Messages Received/sec", COUNTER, Mail::received),
          new Part("Avg Recipients/msg Received", RAW_FRACTION, mail -> mail.received() * 1.4),
          new Part("Avg Recipients/msg Received Base", RAW_BASE, Mail::received),
          count("Total messages submitted", mail -> mail.received() + mail.received() / 150),
          count("Messages Delivered Total", Mail::delivered),
          count("Message Delivery Retries", mail -> mail.delivered() / 400),
          count("Messages Sent Total", Mail::sent),
          count("Message Send Retries", mail -> mail.sent() / 60),
          count("Messages Refused for Size", mail -> mail.received() / 700),
          count("Messages Refused for Address Objects", mail -> 0),
          count("Messages Refused for Mail Objects", mail -> 0),
          count("NDRs Generated", mail -> mail.received() / 150),
          count("Total DSN Failures", mail -> mail.received() / 2_000),
          count("Badmailed Messages (Bad Pickup File)", mail -> 0),
          count("Badmailed Messages (General Failure)", mail -> mail.received() / 5_000),
          count("Badmailed Messages (Hop Count Exceeded)", mail -> 0),
          count("Badmailed Messages (NDR of DSN)", mail -> mail.received() / 900),
          count("Badmailed Messages (No Recipients)", mail -> 0),
          count("Badmailed Messages (Triggered via Event)", mail -> 0),
          count("Local Queue Length", mail -> mail.localQueue() + mail.inHand()),
          count("Local Retry Queue Length", mail -> mail.localQueue() / 20),
          count("Remote Queue Length", mail -> mail.remoteQueue() + mail.inHand() / 2.0),
          count("Remote Retry Queue Length", mail -> mail.remoteQueue() / 8),
          count("Categorizer Queue Length", mail -> mail.queued() / 12 + mail.inHand() / 3.0),
          count("Messages Pending Routing", mail -> mail.queued() / 30),
          count("Messages Currently Undeliverable", mail -> 0),
          count("Current Messages in Local Delivery", mail -> Math.min(4, mail.localQueue())),
          count("Number of MailFiles Open", mail -> mail.queued() / 4 + mail.inHand()),
          count("Number of QueueFiles Open", mail -> mail.queued() / 4 + mail.inHand()),
          count("Inbound Connections Current", mail -> mail.perSecond() + 1),
          count("Inbound Connections Total", mail -> mail.received() / 1.3),
          count("Outbound Connections Current", mail -> Math.min(8, mail.remoteQueue() + 1)),
          count("Outbound Connections Total", mail -> mail.sent() / 1.6),
          count("Outbound Connections Refused", mail -> mail.sent() / 300),
          count("Total Connection Errors", mail -> mail.received() / 450),
          count("DNS Queries Total", mail -> mail.sent() * 1.2),
          count("Routing Table Lookups Total", Mail::received),
          count("Directory Drops Total", mail -> 0),
          count("ETRN Messages Total", mail -> 0),
          count("Pickup Directory Messages Retrieved Total", mail -> mail.received() / 80));

  private SmtpCounters() {}

  /** The object with the one virtual server that the host has. */
  static PerformanceObject of(Mail mail) {
    List<Counter> counters = new ArrayList<>(PARTS.size());
    for (int i = 0; i < PARTS.size(); i++) {
      Part part = PARTS.get(i);
      counters.add(
          new Counter(FIRST + 2 * i, part.type(), (long) part.value().applyAsDouble(mail)));
    }
    return new PerformanceObject(
        OBJECT, List.of(new Instance("_Total", counters), new Instance("SMTP 1", counters)));
  }

  /** The names of the object and its counters, by index. */
  static SortedMap<Integer, String> names() {
    SortedMap<Integer, String> names = new TreeMap<>();
    names.put(OBJECT, "SMTP Server");
    for (int i = 0; i < PARTS.size(); i++) {
      names.put(FIRST + 2 * i, PARTS.get(i).name());
    }
    return names;
  }

  private static Part count(String name, ToDoubleFunction<Mail> value) {
    return new Part(name, RAWCOUNT, value);
  }

  private static Part large(String name, ToDoubleFunction<Mail> value) {
    return new Part(name, LARGE_RAWCOUNT, value);
  }
}

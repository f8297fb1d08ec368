package dev.imfexporter.collector.event;

import static dev.imfexporter.collector.Meaning.Failure.OTHER;
import static dev.imfexporter.collector.Meaning.Failure.START;
import static dev.imfexporter.collector.Meaning.Failure.STOPPED_WITH_ERROR;
import static dev.imfexporter.collector.Meaning.Failure.TERMINATED;
import static dev.imfexporter.collector.Meaning.Step.BEGUN;
import static dev.imfexporter.collector.Meaning.Step.FAILED;
import static dev.imfexporter.collector.Meaning.Step.INSTALLED;
import static dev.imfexporter.collector.event.ServiceEvents.failed;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.event.ServiceEvents.FailureDecoder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The events that the exporter decodes, and the providers whose other events it counts. Names of
 * providers are compared without case: Windows itself writes USER32 and User32.
 */
public final class EventDecoders {
  private static final String SCM = "Service Control Manager";
  private static final String SMTP = "SMTPSVC";
  private static final String SMTP_EXCHANGE = "MSExchangeTransport"; // Exchange logs in its name
  private static final String SERVER = "Srv";
  private static final String COUNTERS_2003 = "Perflib";
  private static final String COUNTERS = "Microsoft-Windows-Perflib"; // since Vista
  private static final String EVENT_LOG = "EventLog";
  private static final String KERNEL = "Microsoft-Windows-Kernel-General"; // since Vista
  private static final String TIME_2003 = "W32Time"; // later, KERNEL reports the same
  private static final String UPDATE_2003 = "Windows Update Agent";
  private static final String UPDATE = "Microsoft-Windows-WindowsUpdateClient"; // since Vista
  private static final String SERVICING = "Microsoft-Windows-Servicing"; // Vista and Server 2008
  private static final String HOTFIX_2003 = "NtServicePack";

  private final Map<String, Map<Integer, EventDecoder>> decoders =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> counted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /** A line of the table. */
  record Row(String provider, int id, EventDecoder decoder) {}

  /**
   * All events that are decoded, a line each. The number after a failure is that of the string that
   * names the service, or the package after a servicing step.
   */
  static List<Row> table(ServiceEvents services, UpdateEvents updates) {
    return List.of(
        new Row(SCM, 7000, failed(START, 1)),
        new Row(SCM, 7001, failed(START, 1)),
        new Row(SCM, 7009, failed(START, 2)),
        new Row(SCM, 7011, failed(OTHER, 2)),
        new Row(SCM, 7022, failed(OTHER, 1)), // it hung, and may start all the same
        new Row(SCM, 7023, failed(STOPPED_WITH_ERROR, 1)),
        new Row(SCM, 7024, failed(STOPPED_WITH_ERROR, 1)),
        new Row(SCM, 7031, new FailureDecoder(ServiceEvents::terminated, 1)),
        new Row(SCM, 7032, failed(OTHER, 3)),
        new Row(SCM, 7034, failed(TERMINATED, 1)),
        new Row(SCM, 7035, services::controlled),
        new Row(SCM, 7036, services::entered),
        new Row(SCM, 7038, failed(START, 1)),
        new Row(SCM, 7040, ServiceEvents::startModeChanged),
        new Row(SCM, 7042, ServiceEvents::stopped),
        new Row(SCM, 7043, failed(OTHER, 1)),
        new Row(SCM, 7046, failed(OTHER, 1)),
        new Row(UPDATE_2003, 17, updates::ready),
        new Row(UPDATE_2003, 18, updates::ready),
        new Row(UPDATE_2003, 19, updates.titled(INSTALLED)),
        new Row(UPDATE_2003, 20, updates.titled(FAILED)),
        new Row(UPDATE_2003, 43, updates.titled(BEGUN)),
        new Row(UPDATE, 17, updates::ready),
        new Row(UPDATE, 18, updates::ready),
        new Row(UPDATE, 19, updates.titled(INSTALLED)),
        new Row(UPDATE, 20, updates.titled(FAILED)),
        new Row(UPDATE, 43, updates.titled(BEGUN)),
        new Row(UPDATE, 44, updates::downloading),
        new Row(SERVICING, 4371, updates.serviced(BEGUN, 1)),
        new Row(SERVICING, 4373, updates.serviced(INSTALLED, 1)),
        new Row(SERVICING, 4375, updates.serviced(FAILED, 1)),
        new Row(SERVICING, 4383, updates.serviced(INSTALLED, 2)),
        new Row(SERVICING, 4385, updates.serviced(FAILED, 2)),
        new Row(HOTFIX_2003, 4371, updates::hotfix),
        new Row(HOTFIX_2003, 4377, updates::hotfix),
        new Row(EVENT_LOG, 6005, HostEvents.booted()),
        new Row(EVENT_LOG, 6006, HostEvents.shutDown()),
        new Row(EVENT_LOG, 6008, HostEvents::diedUnexpectedly),
        new Row(EVENT_LOG, 6009, HostEvents.booted()),
        new Row(KERNEL, 1, HostEvents::clockSet),
        new Row(TIME_2003, 52, HostEvents::clockSetBy),
        new Row(KERNEL, 12, HostEvents.booted()),
        new Row(KERNEL, 13, HostEvents.shutDown()),
        new Row(SMTP, 115, SmtpEvents::bindFailed),
        new Row(SMTP, 429, SmtpEvents::bindFailed),
        new Row(SMTP, 4000, ClueEvents::undelivered),
        new Row(SMTP, 4006, ClueEvents::undelivered),
        new Row(SMTP_EXCHANGE, 4000, ClueEvents::undelivered),
        new Row(SMTP_EXCHANGE, 4006, ClueEvents::undelivered),
        new Row(SERVER, 2013, ClueEvents::nearlyFull),
        new Row(COUNTERS_2003, 1008, ClueEvents::countersFailed), // it failed to open
        new Row(COUNTERS_2003, 1017, ClueEvents::countersFailed), // it was disabled
        new Row(COUNTERS_2003, 1023, ClueEvents::countersFailed), // its DLL does not load
        new Row(COUNTERS, 1008, ClueEvents::countersFailed),
        new Row(COUNTERS, 1017, ClueEvents::countersFailed),
        new Row(COUNTERS, 1023, ClueEvents::countersFailed));
  }

  /**
   * @param counted providers whose events are at least {@link Meaning.Counted}
   * @param words of the host's language, besides the shipped ones
   */
  public EventDecoders(Collection<String> counted, RoutineUpdates routine, ServiceWords words) {
    this.counted.addAll(counted);
    for (Row row :
        table(new ServiceEvents(ServiceWords.SHIPPED.and(words)), new UpdateEvents(routine))) {
      decoders
          .computeIfAbsent(row.provider(), provider -> new HashMap<>())
          .put(row.id(), row.decoder());
    }
  }

  /** The ids of the Service Control Manager's events about failures. */
  public static List<Integer> failureIds() {
    return table(new ServiceEvents(ServiceWords.NONE), new UpdateEvents(RoutineUpdates.SHIPPED))
        .stream()
        .filter(row -> row.decoder() instanceof FailureDecoder)
        .map(Row::id)
        .toList();
  }

  /** False if {@link #meaning} is empty for every event of this provider and id. */
  boolean isRelevant(String provider, int id) {
    return counted.contains(provider) || decoders.getOrDefault(provider, Map.of()).containsKey(id);
  }

  /** The meaning of an event; empty if it is not relevant here. */
  public Optional<Meaning> meaning(EventRecord event) {
    EventDecoder decoder = decoders.getOrDefault(event.provider(), Map.of()).get(event.id());
    Optional<Meaning> meaning = decoder == null ? Optional.empty() : decoder.decode(event);
    return meaning.isEmpty() && counted.contains(event.provider())
        ? Optional.of(new Meaning.Counted())
        : meaning;
  }
}

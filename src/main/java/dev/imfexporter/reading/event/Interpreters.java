package dev.imfexporter.reading.event;

import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the events of each provider say. Providers are compared without case: Windows itself writes
 * USER32 and User32.
 */
public final class Interpreters {

  /** The providers whose events count even when they say nothing more. */
  public static final Set<String> COUNTED =
      Set.of(
          "SMTPSVC",
          "IISADMIN",
          "MSExchangeTransport",
          // Who writes 3201 to 3206 (iisreset) on which Windows has not been seen on a real host.
          "IISCTLS",
          "Microsoft-Windows-IIS-IISReset");

  private final Map<String, Interpreter> byProvider = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> counted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param counted providers whose events become at least {@link Meaning.Counted}
   */
  public Interpreters(Collection<String> counted, RoutineUpdates routine) {
    this.counted.addAll(counted);
    byProvider.put("Service Control Manager", new ServiceEvents(ServiceWords.shipped()));
    byProvider.put("Windows Update Agent", new WindowsUpdateEvents(routine));
    byProvider.put("Microsoft-Windows-WindowsUpdateClient", new WindowsUpdateEvents(routine));
    byProvider.put("Microsoft-Windows-Servicing", new ServicingEvents(routine));
    byProvider.put("NtServicePack", new HotfixEvents(routine));
    byProvider.put("EventLog", new EventLogEvents());
    byProvider.put("Microsoft-Windows-Kernel-General", new KernelEvents());
    byProvider.put("User32", new ShutdownEvents());
    byProvider.put("SMTPSVC", new SmtpEvents());
  }

  /** Whether it is worth decoding such an event. */
  boolean matters(String provider, int id) {
    Interpreter interpreter = byProvider.get(provider);
    return (interpreter != null && interpreter.knows(id)) || counted.contains(provider);
  }

  /** What an event says; empty when it does not matter here. */
  public Optional<Meaning> meaning(EventRecord event) {
    Interpreter interpreter = byProvider.get(event.provider());
    Optional<Meaning> meaning =
        interpreter != null && interpreter.knows(event.id())
            ? interpreter.meaning(event)
            : Optional.empty();
    return meaning.isEmpty() && counted.contains(event.provider())
        ? Optional.of(new Meaning.Counted())
        : meaning;
  }
}

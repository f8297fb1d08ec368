package dev.imfexporter.life;

import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Banner;
import dev.imfexporter.collector.Definition;
import dev.imfexporter.collector.HostClockState;
import dev.imfexporter.collector.Services;
import dev.imfexporter.collector.Smtp;
import java.time.Instant;
import java.util.Optional;

/** Something that the exporter meets; {@code at} is the true time, which its own clock shows. */
public sealed interface Step {
  Instant at();

  /** It asked for the states of all services. */
  record Poll(Instant at, Services reading) implements Step {}

  /** The SCM called back. */
  record Notification(Instant at, LifeService service, ServiceStatus status) implements Step {}

  /** It reads the event log: {@link HostLife#events} tells what it finds from its cursor on. */
  record EventsRead(Instant at) implements Step {}

  /** It asked for the clock and the boot. */
  record HostRead(Instant at, HostClockState reading) implements Step {}

  /** It asked for the definition. */
  record DefinitionRead(Instant at, Definition reading) implements Step {}

  /**
   * It asked for counters and banner.
   *
   * @param smtp empty while SMTPSVC does not run
   */
  record MailRead(Instant at, Optional<Smtp> smtp, Banner banner) implements Step {}

  /** It asked, and the host is down. */
  record Unreachable(Instant at) implements Step {}

  /** Something that the oracle knows of is asked for now. */
  record Check(Instant at) implements Step {}

  /** The exporter ends; nothing follows until it starts. */
  record ExporterStops(Instant at, boolean killed) implements Step {}

  /** The exporter starts, with what it has kept. */
  record ExporterStarts(Instant at) implements Step {}
}

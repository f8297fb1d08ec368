package dev.imfexporter.watch;

import dev.imfexporter.reading.Definition;
import dev.imfexporter.reading.Reading;
import dev.imfexporter.reading.Services;
import dev.imfexporter.reading.Smtp;
import java.time.Duration;

/**
 * What to watch on a host, and how often.
 *
 * @param host its name, as configured
 * @param pollInterval how often services are asked for their states that the host does not report
 *     by itself
 * @param definitionInterval how often the definition is read when nothing calls for it
 * @param readingTimeout how long a reading may take
 */
public record WatchPlan(
    String host,
    Reading<Services> services,
    Reading<Definition> definition,
    Reading<Smtp> smtp,
    Duration pollInterval,
    Duration definitionInterval,
    Duration readingTimeout) {}

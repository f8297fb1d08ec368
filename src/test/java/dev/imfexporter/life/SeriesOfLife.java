package dev.imfexporter.life;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Prometheus scrapes of a host. */
interface SeriesOfLife {
  /**
   * The values that scrapes find.
   *
   * @param seconds when the host is scraped, in ascending order, from the begin of the night
   * @return by series, which is a name and in braces the labels, those of the target among them; a
   *     value for each scrape, empty where the series is absent
   */
  Map<String, List<Optional<Double>>> scraped(Night night, List<Integer> seconds);
}

package dev.imfexporter.http;

import dev.imfexporter.page.PageView;
import dev.imfexporter.page.Site;
import dev.imfexporter.watch.clock.TimeSource;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * What all pages have in common.
 *
 * @param version of this program
 */
record PageSetup(TimeSource time, Site site, String version) {

  /**
   * What a reader chose; empty if it cannot be understood, which the answer then says.
   *
   * @param others parameters that the request may have besides {@code tz} and {@code range}
   */
  Optional<PageView> view(Context request, String... others) {
    Parameters.of(request, PageQuery.and(others));
    return PageQuery.view(request, time, site);
  }
}

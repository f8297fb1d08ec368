package dev.imfexporter.http;

import dev.imfexporter.page.PageView;
import dev.imfexporter.page.PageView.Range;
import dev.imfexporter.page.Site;
import dev.imfexporter.text.HasWord;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.clock.TimeSource;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader may choose in the address of a page: {@code tz}, {@code range}, {@code format}. */
final class PageQuery {
  static final String FORMAT = "format";
  private static final String TZ = "tz";
  private static final String RANGE = "range";

  private PageQuery() {}

  /** The choice; empty if it cannot be understood, which the answer then says. */
  static Optional<PageView> view(Context request, TimeSource time, Site site) {
    String chosen = request.queryParam(TZ);
    ZoneId zone = ZoneId.systemDefault();
    if (chosen != null) {
      try {
        zone = ZoneId.of(chosen);
      } catch (DateTimeException e) {
        Answers.sentence(
            request, 400, "The time zone tz is not known; name one as in ?tz=Europe/Vienna.");
        return Optional.empty();
      }
    }
    String word = request.queryParam(RANGE);
    Optional<Range> range =
        Stream.of(Range.values())
            .filter(each -> each.word().equals(word == null ? Range.HOURS_6.word() : word))
            .findFirst();
    if (range.isEmpty()) {
      Answers.sentence(request, 400, "The range is one of " + ranges() + ".");
      return Optional.empty();
    }
    return Optional.of(
        new PageView(
            new TimeView(time.now().wall(), zone), chosen != null, range.get(), site, List.of()));
  }

  /**
   * Refuses a {@code format} that there is not; the answer then says so.
   *
   * @param other that there is besides JSON; {@code json} if there is none
   */
  static boolean refusesFormat(Context request, String other) {
    String format = request.queryParam(FORMAT);
    if (format == null || format.equals("json") || format.equals(other)) {
      return false;
    }
    String formats = other.equals("json") ? "json" : other + " or json";
    Answers.sentence(request, 400, "format is " + formats + ".");
    return true;
  }

  /** The parameters of every page behind those of one. */
  static String[] and(String... others) {
    return Stream.concat(Stream.of(others), Stream.of(TZ, RANGE)).toArray(String[]::new);
  }

  private static String ranges() {
    return Stream.of(Range.values()).map(HasWord::word).collect(Collectors.joining(", "));
  }
}

package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.collector.Timed;
import dev.imfexporter.text.CommandName;
import dev.imfexporter.text.TimeWords;
import dev.imfexporter.watch.model.HostSnapshot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The building blocks of pages, each readable by a screen reader and on a telephone. */
final class PageParts {
  /** Those that diagnosis and troubles name. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\b(?:net (?:start|stop|continue) "
              + CommandName.WRITTEN
              + "|sc\\.exe(?: \\\\\\\\\\S+)? \\w+ "
              + CommandName.WRITTEN
              + "(?: [01]\\b|(?: [a-z]+= (?:\"[^\"]*\"|[^\\s\"])*(?:\"[^\"]*\"|[^\\s\",.;:)]))*)"
              + "|taskkill(?: /\\w+)+ \\d+"
              + "|procdump -ma \\d+"
              + "|telnet \\S+ \\d+"
              + "|Test-NetConnection \\S+ -Port \\d+"
              + "|findstr \\S+ \\S+\\.xml"
              + "|nslookup \\w[\\w.-]*\\w"
              + "|netstat -ano|iisreset)");

  /** Also what asks again, which is no step by itself. */
  private static final Pattern CODE =
      Pattern.compile(
          COMMAND.pattern() + "|\\bimf-exporter (?:diagnose|evidence|history) [\\w.:-]*\\w");

  private static final Pattern NAME_PARTS = Pattern.compile("(?<=[.])(?=.)|(?<=[a-z])(?=[A-Z])");

  private final Html html;
  private final PageView view;

  PageParts(Html html, PageView view) {
    this.html = html;
    this.view = view;
  }

  /** Writes what a row has in one column. */
  @FunctionalInterface
  interface Cell<R> {
    void write(R row);
  }

  void section(String heading, Runnable content) {
    html.block(
        "section",
        () -> {
          html.element("h2", heading).line();
          content.run();
        });
  }

  void note(String text) {
    html.element("p", text, attr("class", "note")).line();
  }

  /** The result of a collector that has no value, and the reason. */
  void why(Timed<?> taken) {
    note(
        "%s: %s"
            .formatted(
                capital(taken.result().word().replace('_', ' ')),
                taken.result().reason().orElse("no reason given")));
  }

  void link(String address, String text) {
    html.element("a", text, attr("href", address)).line();
  }

  /** A link to a path of this exporter that takes no view. */
  void ownLink(String path, String text) {
    link(view.site().at(path), text);
  }

  /** A link to another page of this exporter, within a sentence. */
  void pageLinkInText(String address, String text) {
    html.element("a", text, attr("href", view.keptBy(address)));
  }

  /** A link to another page of this exporter, which keeps the view. */
  void pageLink(String address, String text) {
    link(view.keptBy(address), text);
  }

  static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** A name without spaces, which may break behind its dots and before its inner capitals. */
  void name(String name) {
    String[] parts = NAME_PARTS.split(name, -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        html.breakable();
      }
      html.text(parts[i]);
    }
  }

  /** A link to the page of a host, within a table. */
  void hostLink(HostSnapshot host) {
    html.inline("a", () -> name(host.name()), attr("href", view.keptBy(HostsAddress.of(host))));
  }

  /** What is wrong with the exporter itself, a line each. */
  void troubles() {
    view.troubles()
        .forEach(
            sentence ->
                html.element(
                        "p", sentence, attr("class", "headline unsettled"), attr("role", "note"))
                    .line());
  }

  /** What is long and seldom read, closed. */
  void details(String summary, Runnable content) {
    html.block(
        "details",
        () -> {
          html.element("summary", summary).line();
          content.run();
        });
  }

  /** A sentence with its commands set off, so that they can be copied. */
  void instruction(String sentence) {
    Matcher command = CODE.matcher(sentence);
    int end = 0;
    while (command.find()) {
      html.text(sentence.substring(end, command.start())).element("code", command.group());
      end = command.end();
    }
    String rest = sentence.substring(end);
    // Alone on a line, as behind a command on a telephone, it may be copied with it.
    html.text(end > 0 && rest.equals(".") ? "" : rest);
  }

  static boolean hasCommand(String sentence) {
    return COMMAND.matcher(sentence).find();
  }

  /** A host's name as a piece of an address. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** An entry of a description list. */
  void fact(String term, Runnable content) {
    html.block(
        "div",
        () -> {
          html.element("dt", term).line();
          html.inline("dd", content).line();
        });
  }

  /** A moment and how far it is from now. */
  void moment(Instant at) {
    dateAndTime(at);
    aside(TimeWords.distance(at, view.time().now()));
  }

  /** A moment in the zone of the page. */
  void dateAndTime(Instant at) {
    time(at, view.time().dateAndTime(at));
  }

  /**
   * A day of which no time is known.
   *
   * @param midnight its begin, in the zone of the exporter
   */
  void day(Instant midnight) {
    // In the zone of the page, midnight may be on the day before.
    Instant noon = midnight.plus(Duration.ofHours(12));
    time(midnight, noon.atZone(view.time().zone()).toLocalDate().toString());
  }

  /** Words in brackets that stay on one line. */
  void aside(String words) {
    html.text(" ").element("span", "(" + words + ")", attr("class", "aside"));
  }

  /** A moment in words, with the machine-readable form beside it. */
  void time(Instant at, String words) {
    html.element("time", words, attr("datetime", at.toString()));
  }

  /**
   * A table whose first column heads the rows. On a telephone the style sheet makes a card of each
   * row. Browsers then drop a table's implicit roles, so roles and labels are attributes.
   */
  <R> void table(String caption, List<String> headings, List<R> rows, List<Cell<R>> cells) {
    html.block(
        "table",
        () -> {
          html.element("caption", caption).line();
          html.block(
              "thead",
              () -> html.block("tr", () -> headings.forEach(this::heading), attr("role", "row")),
              attr("role", "rowgroup"));
          html.block(
              "tbody",
              () ->
                  rows.forEach(
                      row ->
                          html.block("tr", () -> cells(headings, cells, row), attr("role", "row"))),
              attr("role", "rowgroup"));
        },
        attr("role", "table"));
  }

  private void heading(String text) {
    html.element("th", text, attr("scope", "col"), attr("role", "columnheader")).line();
  }

  private <R> void cells(List<String> headings, List<Cell<R>> cells, R row) {
    Iterator<String> labels = headings.iterator();
    labels.next();
    html.inline(
            "th", () -> cells.get(0).write(row), attr("scope", "row"), attr("role", "rowheader"))
        .line();
    for (Cell<R> cell : cells.subList(1, cells.size())) {
      html.inline(
              "td",
              () -> html.inline("div", () -> cell.write(row)),
              attr("role", "cell"),
              attr("data-label", labels.next()))
          .line();
    }
  }
}

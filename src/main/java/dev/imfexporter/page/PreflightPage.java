package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.preflight.Check;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.preflight.Verdict;

/** The page of a preflight, what is worst first. */
public final class PreflightPage {
  private final Preflight preflight;
  private final PageFrame frame;
  private final Html html;
  private final PageParts parts;

  private PreflightPage(Preflight preflight, PageView view, String version) {
    this.preflight = preflight;
    this.frame = new PageFrame(view, version);
    this.html = frame.html();
    this.parts = frame.parts();
  }

  /**
   * The page, complete.
   *
   * @param preflight with its times in the zone of the view
   */
  public static String of(Preflight preflight, PageView view, String version) {
    PreflightPage page = new PreflightPage(preflight, view, version);
    return page.frame.page(
        preflight.host() + ": preflight", page::top, page::sections, page::links);
  }

  private void links() {
    String host = HostsAddress.ofHost(preflight.host());
    parts.pageLink("/", "All hosts");
    parts.pageLink(host, "This host");
    parts.ownLink(host + "/preflight?format=json", "As JSON");
  }

  private void top() {
    html.element("h1", preflight.host() + ": before an update or a reboot").line();
    html.block(
        "div",
        () -> {
          html.element("p", PageParts.capital(preflight.verdict().words()), attr("class", "tone"))
              .line();
          html.element("p", preflight.headline()).line();
        },
        attr("class", "headline " + tone(preflight.verdict())));
  }

  private void sections() {
    preflight.worstFirst().forEach(check -> parts.section(check.question(), () -> check(check)));
    parts.section(
        "Not looked at; look yourself",
        () ->
            html.block(
                "ul",
                () -> preflight.notLookedAt().forEach(what -> html.element("li", what).line())));
  }

  private void check(Check check) {
    html.inline(
            "p",
            () ->
                html.element(
                    "span",
                    check.verdict().words(),
                    attr("class", "result " + result(check.verdict()))))
        .line();
    check.evidence().forEach(sentence -> html.element("p", sentence).line());
    if (!check.steps().isEmpty()) {
      html.block("ol", () -> check.steps().forEach(step -> html.element("li", step).line()));
    }
  }

  private static String tone(Verdict verdict) {
    return switch (verdict) {
      case OK -> "well";
      case NOT_KNOWN, WARNING -> "unreadable";
      case PROBLEM -> "attention";
    };
  }

  /** The class of a result with the same colours. */
  private static String result(Verdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case NOT_KNOWN, WARNING -> "unknown";
      case PROBLEM -> "failed";
    };
  }
}

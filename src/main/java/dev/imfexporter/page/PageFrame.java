package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.text.Documents;

/** Head, header and footer of a page. */
final class PageFrame {
  private final Html html = Html.document();
  private final PageView view;
  private final String version;
  private final PageParts parts;

  PageFrame(PageView view, String version) {
    this.view = view;
    this.version = version;
    this.parts = new PageParts(html, view);
  }

  Html html() {
    return html;
  }

  PageParts parts() {
    return parts;
  }

  /**
   * The page, complete.
   *
   * @param links to other pages, before the links that all pages have
   */
  String page(String title, Runnable header, Runnable sections, Runnable links) {
    html.block(
        "html",
        () -> {
          head(title);
          html.block(
              "body",
              () -> {
                html.block("header", header);
                html.block("main", sections);
                foot(links);
              });
        },
        attr("lang", "en"));
    return html.toString();
  }

  private void head(String title) {
    html.block(
        "head",
        () -> {
          html.empty("meta", attr("charset", "utf-8"));
          html.empty("meta", attr("name", "viewport"), attr("content", "width=device-width"));
          html.element("title", title).line();
          html.style(PageStyle.sheet());
        });
  }

  private void nav(Runnable links) {
    links.run();
    if (view.site().hasDebug()) {
      parts.ownLink("/config", "Configuration");
    }
    parts.ownLink("/-/healthy", "Health");
    parts.ownLink("/-/ready", "Readiness");
  }

  private void foot(Runnable links) {
    html.block(
        "footer",
        () -> {
          html.block("nav", () -> nav(links), attr("aria-label", "Other pages"));
          html.inline(
                  "p",
                  () -> {
                    html.text("As it was at ");
                    parts.dateAndTime(view.time().now());
                    html.text(
                        "; reload to refresh. Times are those of %s; ?tz=Europe/Vienna shows another zone."
                            .formatted(view.time().zone().getId()));
                  })
              .line();
          html.inline(
                  "p",
                  () -> {
                    html.text("imf-exporter %s. The documents say what ".formatted(version));
                    html.element("a", "each metric", attr("href", Documents.at("metrics.md")));
                    html.text(" means, the runbooks what to do about an alert.");
                  })
              .line();
        });
  }
}

package dev.imfexporter.page;

import dev.imfexporter.trouble.Trouble;
import dev.imfexporter.trouble.Troubles.Cause;
import java.util.List;

/** The troubles that the host is likely to have. */
final class CauseSection {
  private final Html html;
  private final PageParts parts;

  CauseSection(Html html, PageParts parts) {
    this.html = html;
    this.parts = parts;
  }

  void causes(List<Cause> causes) {
    for (Cause cause : causes) {
      html.element("h3", "%s (%s)".formatted(cause.trouble().title(), cause.trouble().word()))
          .line();
      cause.evidence().forEach(sentence -> html.element("p", sentence).line());
      html.block(
          "ol",
          () ->
              cause
                  .steps()
                  .forEach(step -> html.inline("li", () -> parts.instruction(step)).line()));
      html.inline("p", () -> parts.link(cause.trouble().article(), "What Microsoft says")).line();
    }
    parts.note(Trouble.WARNING);
  }
}

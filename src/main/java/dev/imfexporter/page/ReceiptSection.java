package dev.imfexporter.page;

import static dev.imfexporter.page.Html.attr;

import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;

/** The receipt on the page of an episode. */
final class ReceiptSection {
  private final Html html;
  private final PageParts parts;
  private final TimeView time;

  ReceiptSection(Html html, PageParts parts, TimeView time) {
    this.html = html;
    this.parts = parts;
    this.time = time;
  }

  void write(HostSnapshot snapshot, Episode episode) {
    Receipt receipt = Receipt.of(snapshot, episode);
    receipt
        .digest()
        .ifPresentOrElse(
            digest -> digest(snapshot, episode, digest),
            () ->
                parts.note(
                    "The evidence is not final yet, so it has no digest. It is final when the"
                        + " episode is over, its settings were compared, and nothing of it has"
                        + " changed for an hour in which the host was read."));
    parts.details("The evidence", () -> html.element("pre", receipt.evidence()).line());
  }

  private void digest(HostSnapshot snapshot, Episode episode, String digest) {
    html.block(
        "dl",
        () ->
            parts.fact(
                "SHA-256 of the evidence",
                () -> html.element("code", digest, attr("class", "digest"))));
    html.inline(
            "p",
            () -> {
              html.text("To check a saved ");
              parts.ownLink(Episodes.address(snapshot, episode) + ".json", "receipt as JSON");
              html.text(": ").element("code", Receipt.CHECK).text(" prints the same digits.");
            })
        .line();
    episode
        .sealed()
        .ifPresent(
            at ->
                parts.note(
                    "The evidence is final since %s. What became known later may be on this page, and is no part of it."
                        .formatted(time.dateAndTime(at))));
  }
}

package dev.imfexporter.exposition;

import java.nio.charset.StandardCharsets;

/** Rendered pages for tests of the rooms that send them. */
public final class RenderedPages {
  private RenderedPages() {}

  public static Rendered of(String contentType, String body) {
    return new Rendered(contentType, body.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.imfexporter.exposition;

import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Collects text. {@link java.io.StringWriter} takes a lock for each of the thousands of characters
 * that {@code TextFormat} writes one by one, which is most of the time of a scrape.
 */
final class TextBuffer extends Writer {
  private final StringBuilder text;

  TextBuffer(int capacity) {
    text = new StringBuilder(capacity);
  }

  byte[] toUtf8() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(int character) {
    text.append((char) character);
  }

  @Override
  public Writer append(char character) {
    text.append(character);
    return this;
  }

  @Override
  public void write(String string) {
    text.append(string);
  }

  @Override
  public void write(String string, int from, int length) {
    text.append(string, from, from + length);
  }

  @Override
  public void write(char[] characters, int from, int length) {
    text.append(characters, from, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

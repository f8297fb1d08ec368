package dev.imfexporter.bed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file by which a stand-in is steered. Every change replaces the whole file, so that a stand-in
 * never reads half of it, and starts from what is on disk, because a stand-in may have taken lines
 * out. Windows reads it in its code page 1252, of which this writes what is in ISO 8859-1.
 */
final class IniFile {
  private static final Duration IN_USE_LIMIT = Duration.ofSeconds(5);

  private final Path file;

  IniFile(Path file) {
    this.file = file;
  }

  void set(String section, String key, String value) {
    Map<String, Map<String, String>> sections = read();
    sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(key, value);
    write(sections);
  }

  /** Replaces the section by these lines. */
  void replace(String section, Map<String, String> lines) {
    Map<String, Map<String, String>> sections = read();
    sections.put(section, lines);
    write(sections);
  }

  void remove(String section, String key) {
    Map<String, Map<String, String>> sections = read();
    Map<String, String> lines = sections.get(section);
    if (lines != null && lines.remove(key) != null) {
      write(sections);
    }
  }

  void clear() {
    write(Map.of());
  }

  private Map<String, Map<String, String>> read() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : content().lines().toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        lines = new LinkedHashMap<>();
        sections.put(line.substring(1, line.length() - 1), lines);
      } else if (equals > 0) {
        lines.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return sections;
  }

  private String content() {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (NoSuchFileException absent) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Map<String, Map<String, String>> sections) {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (section, lines) -> {
          text.append('[').append(section).append("]\r\n");
          lines.forEach((key, value) -> text.append(key).append('=').append(value).append("\r\n"));
        });
    try {
      Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "next", ".ini");
      Files.writeString(next, text, ISO_8859_1);
      moveInto(next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Windows refuses to replace a file while a stand-in reads it, which takes a moment only. */
  private void moveInto(Path next) throws IOException {
    long deadline = System.nanoTime() + IN_USE_LIMIT.toNanos();
    while (true) {
      try {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (FileSystemException inUse) {
        if (System.nanoTime() > deadline) {
          Files.deleteIfExists(next);
          throw inUse;
        }
        Thread.onSpinWait();
      }
    }
  }
}

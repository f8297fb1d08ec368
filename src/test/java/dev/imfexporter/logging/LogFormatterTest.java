package dev.imfexporter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatterTest {
  private final LogFormatter logfmt = new LogFormatter(LogFormat.LOGFMT, false);
  private final LogFormatter json = new LogFormatter(LogFormat.JSON, false);

  @Test
  void plainRecord() {
    assertThat(logfmt.format(entry("listening on :10747")))
        .isEqualTo(
            "ts=2026-11-22T08:00:00.000Z level=info logger=dev.imfexporter.cli.Main"
                + " msg=\"listening on :10747\"\n");
    assertThat(json.format(entry("listening on :10747")))
        .isEqualTo(
            "{\"ts\":\"2026-11-22T08:00:00.000Z\",\"level\":\"info\","
                + "\"logger\":\"dev.imfexporter.cli.Main\",\"msg\":\"listening on :10747\"}\n");
  }

  static List<Arguments> oddMessages() {
    return List.of(
        Arguments.of("ready", "ready"),
        Arguments.of("", "\"\""),
        Arguments.of("C:\\Exchsrvr", "\"C:\\\\Exchsrvr\""),
        Arguments.of("a=b", "\"a=b\""),
        Arguments.of("say \"hi\"", "\"say \\\"hi\\\"\""),
        Arguments.of("one\ntwo\r\n", "\"one\\ntwo\\r\\n\""),
        Arguments.of("tab\there", "\"tab\\there\""),
        Arguments.of("\u001b[31mred", "\"\\u001b[31mred\""),
        Arguments.of("\u009b31mred", "\"\\u009b31mred\""),
        Arguments.of("nul\u0000", "\"nul\\u0000\""),
        Arguments.of("line\u2028break", "\"line\\u2028break\""),
        Arguments.of("caf\u00e9", "\"caf\u00e9\""),
        Arguments.of("half \ud83d", "\"half \\ud83d\""),
        Arguments.of("\ud83d\ude00", "\"\ud83d\ude00\""));
  }

  @ParameterizedTest
  @MethodSource("oddMessages")
  void oddMessagesInLogfmt(String message, String written) {
    assertThat(logfmt.format(entry(message))).endsWith(" msg=" + written + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\"b\\c",
        "one\ntwo\r\n\t\f\b\u0000",
        "\u001b[31m\u009b\u007f\u2028",
        "\ud83d\ude00\u00e9"
      })
  void oddMessagesSurviveJson(String message) throws IOException {
    String line = json.format(entry(message));
    assertThat(line.strip()).doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u2028]");
    assertThat(parsed(line).get("msg").textValue()).isEqualTo(message);
  }

  @Test
  void nullsAreEmptyTexts() {
    LogRecord entry = entry(null);
    entry.setLoggerName(null);
    assertThat(logfmt.format(entry)).endsWith(" level=info logger=\"\" msg=\"\"\n");
  }

  @Test
  void bracesInATextAreNoParameters() {
    assertThat(logfmt.format(entry("{0} {"))).endsWith(" msg=\"{0} {\"\n");
  }

  @Test
  void expectedErrorsHaveNoStack() {
    LogRecord entry = entry("scrape failed");
    entry.setThrown(new IOException("reset\nby peer"));
    assertThat(logfmt.format(entry))
        .endsWith(" msg=\"scrape failed\" err=\"java.io.IOException: reset\\nby peer\"\n");
    assertThat(new LogFormatter(LogFormat.LOGFMT, true).format(entry))
        .contains(" stack=\"java.io.IOException: reset\\nby peer\\n\\tat dev.imfexporter.");
  }

  @Test
  void unexpectedErrorsHaveOneInTheSameLine() throws IOException {
    LogRecord entry = entry("reading failed");
    entry.setThrown(new IllegalStateException("broken", new IOException("deeper")));
    String line = json.format(entry);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(parsed(line).get("err").textValue())
        .isEqualTo("java.lang.IllegalStateException: broken");
    assertThat(parsed(line).get("stack").textValue())
        .contains("Caused by: java.io.IOException: deeper");
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERE,error",
    "WARNING,warn",
    "INFO,info",
    "CONFIG,debug",
    "FINE,debug",
    "FINEST,debug"
  })
  void levelsOfLibraries(String theirs, String ours) {
    LogRecord entry = entry("x");
    entry.setLevel(Level.parse(theirs));
    assertThat(logfmt.format(entry)).contains(" level=" + ours + " ");
  }

  private static LogRecord entry(@Nullable String message) {
    LogRecord entry = new LogRecord(Level.INFO, message);
    entry.setInstant(Instant.parse("2026-11-22T08:00:00.000999Z"));
    entry.setLoggerName("dev.imfexporter.cli.Main");
    return entry;
  }

  private static JsonNode parsed(String line) throws IOException {
    return new ObjectMapper().readTree(line.getBytes(StandardCharsets.UTF_8));
  }
}

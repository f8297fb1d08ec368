package dev.imfexporter.collector;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SmtpCounterTest {
  /** An entry of the list that the provider of the Windows test bed is compiled from. */
  private static final Pattern RAW =
      Pattern.compile("COUNTER\\(\"([^\"]+)\", PERF_COUNTER_(LARGE_)?RAWCOUNT, \\d\\)");

  @Test
  void hasTheRawCountersOfTheTestBedsProvider() throws IOException {
    String header = Files.readString(Path.of("src/test/native/smtp_counters.h"));
    Set<String> raw = RAW.matcher(header).results().map(entry -> entry.group(1)).collect(toSet());
    raw.remove("Bytes Total"); // The sum of two others.

    assertThat(Arrays.stream(SmtpCounter.values()).map(SmtpCounter::windowsName))
        .containsExactlyInAnyOrderElementsOf(raw);
  }

  @Test
  void isFoundByItsEnglishNameWithoutCase() {
    assertThat(SmtpCounter.named(" messages SENT total")).hasValue(SmtpCounter.MESSAGES_SENT_TOTAL);
    assertThat(SmtpCounter.named("Messages Sent/sec")).isEmpty();
  }
}

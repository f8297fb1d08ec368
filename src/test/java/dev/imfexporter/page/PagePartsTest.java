package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePartsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\0',
      value = {
        "Then net start SMTPSVC. Wait. @ Then <code>net start SMTPSVC</code>. Wait.",
        "net start MSSQL$X, or not @ <code>net start MSSQL$X</code>, or not",
        "Run net start \"x&calc\". @ Run <code>net start &quot;x&amp;calc&quot;</code>",
        "(sc.exe config \"x y\" start= auto) @ (<code>sc.exe config &quot;x y&quot; start= auto</code>)",
        "To put it back: sc.exe \\\\mail01 config SMTPSVC start= auto. @ To put it back: <code>sc.exe \\\\mail01 config SMTPSVC start= auto</code>",
        "sc.exe \\\\m failure X reset= 1 actions= run/5/\"\"/0 command= \"a b\", @ <code>sc.exe \\\\m failure X reset= 1 actions= run/5/&quot;&quot;/0 command= &quot;a b&quot;</code>,",
        "sc.exe \\\\m failureflag X 1. @ <code>sc.exe \\\\m failureflag X 1</code>",
        "net start <SERVICE>. @ <code>net start &lt;SERVICE&gt;</code>",
      })
  void setsCommandsOffWithTheWholeName(String sentence, String html) {
    Html out = Html.document();
    String before = out.toString();

    new PageParts(out, PageView.utc(Instant.EPOCH)).instruction(sentence);

    assertThat(out.toString()).isEqualTo(before + html);
  }
}

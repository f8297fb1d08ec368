package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
  private static final String ADDRESS = "https://support.microsoft.com/en-us/kb/" + "9".repeat(80);

  private final TerminalText text = new TerminalText(false);

  @Test
  void anAddressIsNeverBroken() {
    text.paragraph("  -> ", 2, "Microsoft's page is " + ADDRESS + " and says more.");
    assertThat(text)
        .hasToString("  -> Microsoft's page is\n       " + ADDRESS + "\n       and says more.\n");
  }

  @Test
  void aWordWithHyphensAndSlashesIsNotBrokenAtThem() {
    String words = "imf-exporter/a-b ".repeat(6).strip();
    text.paragraph(words);
    assertThat(text.toString().split("[ \n]")).containsOnly("imf-exporter/a-b");
    assertThat(text.toString().lines()).hasSize(2).allMatch(line -> line.length() <= 99);
  }

  @Test
  void aLineOfTheWholeWidthIsOne() {
    text.paragraph("a".repeat(49) + " " + "b".repeat(49));
    assertThat(text.toString().lines()).hasSize(1);
  }
}

package dev.imfexporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"SMTPSVC", "MSSQL$SQLEXPRESS", "a_b-c.d", "7"})
  void plainNamesStandAsTheyAre(String name) {
    assertThat(CommandName.ofService(name)).isEqualTo(name).matches(CommandName.WRITTEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Contoso Scanner", "x&calc", "x|y", "x>y", "x^y", "(x)", "x;y", "x.", "é", "a/b"})
  void othersStandInDoubleQuotes(String name) {
    assertThat(CommandName.ofService(name))
        .isEqualTo('"' + name + '"')
        .matches(CommandName.WRITTEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\"&calc&\"",
        "%ComSpec%",
        "x\r\ncalc",
        "x\u0000",
        "\u001b[31m",
        "\u202eevil",
        "x\\",
        " ",
        "",
        "x\u2028y"
      })
  void thoseThatQuotesDoNotHoldAreLeftToTheReader(String name) {
    assertThat(CommandName.ofService(name)).isEqualTo("<SERVICE>").matches(CommandName.WRITTEN);
  }

  @Test
  void accountsMayHaveABackslashThatNoQuoteFollows() {
    assertThat(CommandName.ofAccount("LocalSystem")).isEqualTo("LocalSystem");
    assertThat(CommandName.ofAccount("EXAMPLE\\mail")).isEqualTo("\"EXAMPLE\\mail\"");
    assertThat(CommandName.ofAccount("x\\")).isEqualTo("<ACCOUNT>");
    assertThat(CommandName.ofText("cmd.exe /c \"calc\"")).isEqualTo("<TEXT>");
    assertThat(CommandName.ofText("C:\\tools\\up.cmd & x")).isEqualTo("\"C:\\tools\\up.cmd & x\"");
  }

  @Test
  void servicesStandBetweenSlashes() {
    assertThat(CommandName.ofServices("/")).isEqualTo("/");
    assertThat(CommandName.ofServices("+NetworkProvider/RPCSS"))
        .isEqualTo("+NetworkProvider/RPCSS");
    assertThat(CommandName.ofServices("A B/C")).isEqualTo("\"A B/C\"");
    assertThat(CommandName.ofServices("A&calc/%x%")).isEqualTo("<SERVICES>");
  }

  @Test
  void aLogHasAPlaceholderOfItsOwn() {
    assertThat(CommandName.ofLog("Microsoft-Windows-A/Operational"))
        .isEqualTo("\"Microsoft-Windows-A/Operational\"");
    assertThat(CommandName.ofLog("%x%")).isEqualTo("<LOG>");
  }
}

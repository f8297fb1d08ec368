package dev.imfexporter.collector.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherMakersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Contoso Mail Scanner",
        "ESET Mail Security",
        "OfficeScan",
        "Cisco Agent",
        "EventSentry",
        "Perforce",
        "Windowsill"
      })
  void namesOfOtherMakersMayBeginAsMicrosoftsDo(String provider) {
    assertThat(OtherMakers.has(provider)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "MSExchangeTransport",
        "MSExchange ADAccess",
        "smtpsvc",
        "ESE",
        "Application Error",
        "Microsoft-Windows-RestartManager",
        "Windows Error Reporting",
        "ASP.NET 2.0.50727.0"
      })
  void microsoftsAreNone(String provider) {
    assertThat(OtherMakers.has(provider)).isFalse();
  }
}

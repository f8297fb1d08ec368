package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Modules.Module;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.collector.Components.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentsReadingTest {
  private static final String BIN = "C:\\Program Files\\Exchsrvr\\bin\\";

  private final BareHost host =
      new BareHost().service("IISADMIN", new ServiceStatus(ServiceState.RUNNING, 0, 0, 1_234));
  private final List<Module> loaded = new ArrayList<>();
  private final ComponentsReading reading = new ComponentsReading();

  ComponentsReadingTest() {
    host.modules = process -> process == 1_234 ? loaded : List.of();
  }

  @Test
  void thirdPartiesAreListedAndMicrosoftsAreCounted() throws Exception {
    module("C:\\WINDOWS\\system32\\inetsrv\\inetinfo.exe", "Microsoft Corporation");
    module("C:\\WINDOWS\\system32\\ntdll.dll", "Microsoft Corporation");
    module("D:\\Contoso\\zscan.dll", "Contoso Ltd.");
    module("D:\\Contoso\\Sink.dll", "");

    assertThat(reading.take(host))
        .isEqualTo(
            new Components(
                List.of(
                    new Component("Sink.dll", "", "1.2.3.4"),
                    new Component("zscan.dll", "Contoso Ltd.", "1.2.3.4")),
                0,
                2,
                List.of(new Component("inetinfo.exe", "Microsoft Corporation", "1.2.3.4"))));
  }

  @ParameterizedTest
  @CsvSource({
    "sink.dll,                         microsoft corporation, true",
    "sink.dll,                         Microsoft(R) Corp.,    true",
    "sink.dll,                         Microsoftware GmbH,    false",
    "sink.dll,                         Not Microsoft,         false",
    "sink.dll,                         '',                    false",
    "PHATCAT.dll,                      '',                    true",
    "MSExchange.UceContentFilter.dll,  ' ',                   true",
    "phatcat.dll,                      Contoso Ltd.,          false",
  })
  void companyDecidesAndTheNameOnlyWithoutOne(String file, String company, boolean standard)
      throws Exception {
    module(BIN + file, company);

    Components components = reading.take(host);

    assertThat(components.standard()).isEqualTo(standard ? 1 : 0);
    assertThat(components.thirdParty()).hasSize(standard ? 0 : 1);
  }

  @Test
  void fileThatIsLoadedFromTwoFoldersIsListedOnce() throws Exception {
    module("C:\\a\\scan.dll", "Contoso Ltd.");
    module("C:\\b\\scan.dll", "Contoso Ltd.");

    assertThat(reading.take(host).thirdParty()).hasSize(1);
  }

  @Test
  void listIsBoundedAndTheRestCounted() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      module("C:\\plugins\\p%03d.dll".formatted(i), "Contoso Ltd.");
    }

    Components components = reading.take(host);

    assertThat(components.thirdParty()).hasSize(50);
    assertThat(components.thirdParty().get(49).name()).isEqualTo("p049.dll");
    assertThat(components.unlisted()).isEqualTo(950);
    assertThat(new Result.Ok<>(components).reason())
        .contains("1000 third-party modules are loaded, of which 50 are listed");
    assertThat(new Result.Ok<>(components).errorReason()).as("nothing failed").isEmpty();
  }

  @Test
  void textsAreFitForLabels() throws Exception {
    module("C:\\" + "x".repeat(300), "Contoso\n\u202eLtd.");

    assertThat(reading.take(host).thirdParty())
        .containsExactly(new Component("x".repeat(80) + "...", "Contoso??Ltd.", "1.2.3.4"));
  }

  @Test
  void nothingIsLoadedWhileIisAdminIsStopped() {
    host.service("IISADMIN", new ServiceStatus(ServiceState.STOPPED, 0, 0, 0));

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(NotApplicable.class)
        .hasMessage("IIS Admin is not running, so nothing is loaded into it");
    assertThatThrownBy(() -> reading.take(new BareHost())).isInstanceOf(NotApplicable.class);
  }

  @Test
  void processMayEndMeanwhile() {
    host.service("IISADMIN", new ServiceStatus(ServiceState.RUNNING, 0, 0, 999));

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(NotApplicable.class)
        .hasMessage("IIS Admin's process ended during the reading");
  }

  @Test
  void missingRightsAreTheCallersToHear() {
    host.modules =
        process -> {
          throw new AccessException.Unsupported("no right to look");
        };

    assertThatThrownBy(() -> reading.take(host)).isInstanceOf(AccessException.Unsupported.class);
  }

  private void module(String path, String company) {
    loaded.add(
        new Module(path, Optional.of(company).filter(c -> !c.isEmpty()), Optional.of("1.2.3.4")));
  }
}

package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.collector.Services.Service;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicesTest {
  @Test
  void whatAnAutomaticServiceNeedsIsStartedWithItThroughOthersToo() {
    Services services =
        services(
            service("IISADMIN", StartMode.MANUAL),
            service("SMTPSVC", StartMode.MANUAL, "iisadmin"),
            service("RESvc", StartMode.DELAYED_AUTO, "SMTPSVC"));

    assertThat(services.startedAtBootFor("IISADMIN")).contains("RESvc");
    assertThat(services.startsAtBoot("SMTPSVC")).contains(true);
    assertThat(services.startsAtBoot("W3SVC")).isEmpty();
  }

  @Test
  void nothingStartsADisabledServiceNorOneThatOnlyManualOnesNeed() {
    Services services =
        services(
            service("IISADMIN", StartMode.DISABLED),
            service("SMTPSVC", StartMode.AUTO, "IISADMIN"),
            service("NntpSvc", StartMode.MANUAL),
            service("RESvc", StartMode.MANUAL, "NntpSvc"));

    assertThat(services.startsAtBoot("IISADMIN")).contains(false);
    assertThat(services.startsAtBoot("NntpSvc")).contains(false);
  }

  @Test
  void servicesThatNeedEachOtherEndTheSearch() {
    Services services =
        services(service("A", StartMode.MANUAL, "B"), service("B", StartMode.MANUAL, "A"));

    assertThat(services.startsAtBoot("A")).contains(false);
  }

  private static Services services(Service... all) {
    return new Services(List.of(all));
  }

  private static Service service(String name, StartMode mode, String... requires) {
    return new Service(
        name, Optional.empty(), Optional.of(new ServiceConfig(name, mode, List.of(requires))));
  }
}

package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.RegistryValue.Numeric;
import dev.imfexporter.access.RegistryValue.Text;
import dev.imfexporter.watch.FakeHost;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionReadingTest {
  private static final String EXCHANGE = "SOFTWARE\\Microsoft\\Exchange";
  private static final Instant CREATED = Instant.parse("2026-11-22T03:12:00Z");

  private final FakeHost host = new FakeHost();
  private final DefinitionReading reading =
      new DefinitionReading(Optional.empty(), ZoneId.of("Europe/Vienna"));

  @Test
  void bothSourcesAreReadWhereExchangeSaysItIsInstalled() throws Exception {
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7936.0"))
        .value(DefinitionReading.UPDATE_KEY, "InstalledDate", new Text("9/18/2026"))
        .value(EXCHANGE, "ContentFilterState", new Numeric(1))
        .value(EXCHANGE + "\\Setup", "Services", new Text("D:\\Exchsrvr"))
        .folder(
            "D:\\Exchsrvr\\bin\\MSCFV2",
            folder("6.5.7960.0"),
            folder("6.5.10000.0"),
            folder("6.5.9999.0"),
            folder("backup"),
            new Entry("6.5.20000.0", false, 1, CREATED, CREATED));
    host.keyWritten = CREATED.plusSeconds(60);

    Definition definition = reading.take(host);

    assertThat(definition.registered())
        .contains(
            new Definition.Registered(
                version("6.5.7936.0"),
                Optional.of(Instant.parse("2026-09-17T22:00:00Z")),
                Optional.of(CREATED.plusSeconds(60))));
    assertThat(definition.folder())
        .contains(new Definition.Folder(version("6.5.10000.0"), CREATED));
    assertThat(definition.updatesEnabled()).contains(true);
  }

  @Test
  void hostWithoutExchangeHasNoDefinition() {
    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(NotApplicable.class)
        .hasMessage("No Exchange Server is installed, so there is no IMF definition");
  }

  @Test
  void exchangeWithoutAnUpdateHasAnEmptyDefinition() throws Exception {
    host.value(EXCHANGE + "\\Setup", "Services", new Text("D:\\Exchsrvr"));

    assertThat(reading.take(host))
        .isEqualTo(new Definition(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void valueOfTheWrongTypeFailsTheReadingAndIsNamed() {
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Numeric(7));

    assertThatThrownBy(() -> reading.take(host))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessage(
            "HKLM\\SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747\\"
                + "PackageVersion is the number 7, expected a text (REG_SZ)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PackageVersion", "ContentFilterState", "InstalledDate"})
  void valueOfTheWrongTypeLeavesTheFoldersVersion(String name) throws Exception {
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7936.0"))
        .value(EXCHANGE + "\\Setup", "Services", new Text("D:\\Exchsrvr"))
        .folder("D:\\Exchsrvr\\bin\\MSCFV2", folder("6.5.7960.0"));
    boolean switchValue = name.equals("ContentFilterState");
    host.value(
        switchValue ? EXCHANGE : DefinitionReading.UPDATE_KEY,
        name,
        switchValue ? new Text("on") : new Numeric(7));

    Definition definition = reading.take(host);

    assertThat(definition.folder()).contains(new Definition.Folder(version("6.5.7960.0"), CREATED));
    assertThat(definition.registered().isPresent()).isEqualTo(!name.equals("PackageVersion"));
    boolean dayOnly = name.equals("InstalledDate");
    assertThat(definition.missing().isEmpty()).isEqualTo(dayOnly);
    assertThat(definition.errorReason())
        .isEqualTo(dayOnly ? Optional.empty() : Optional.of(ErrorReason.PROTOCOL));
  }

  @Test
  void installationFolderOfTheWrongTypeLeavesTheRegisteredVersion() throws Exception {
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7936.0"))
        .value(EXCHANGE + "\\Setup", "Services", new Numeric(7));

    Definition definition = reading.take(host);

    assertThat(definition.registered()).isPresent();
    assertThat(definition.missing().orElseThrow())
        .endsWith("Services is the number 7, expected a text (REG_SZ)");
  }

  @Test
  void versionThatIsNoVersionFailsTheReadingAndIsQuoted() {
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("newest"));

    assertThatThrownBy(() -> reading.take(host))
        .hasMessageEndingWith("PackageVersion is \"newest\", expected numbers separated by dots");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "18.9.2026", "2026-09-18", "13/13/2026", "soon"})
  void dayThatCannotBeReadIsLeftOut(String day) throws Exception {
    host.value(DefinitionReading.UPDATE_KEY, "PackageVersion", new Text("6.5.7936.0"))
        .value(DefinitionReading.UPDATE_KEY, "InstalledDate", new Text(day));

    assertThat(reading.take(host).registered().orElseThrow().installed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"6.5.7936.0,6.5.10000.0", "6.5.7936,6.5.7936.0", "6.5.9.0,6.5.10.0", "6.5,6.5.1"})
  void versionsCompareByTheirNumbers(String lower, String higher) {
    assertThat(version(lower)).isLessThan(version(higher));
    assertThat(version(higher)).isGreaterThan(version(lower));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "6", "6.", "a.b", "6.5.99999999999", "6..5", "-1.2", "1.2.3.4.5.6.7.8.9"})
  void whatIsNoVersionIsNotTakenForOne(String text) {
    assertThat(DefinitionVersion.of(text)).isEmpty();
  }

  private static Entry folder(String name) {
    return new Entry(name, true, 0, CREATED, CREATED);
  }

  private static DefinitionVersion version(String text) {
    return DefinitionVersion.of(text).orElseThrow();
  }
}

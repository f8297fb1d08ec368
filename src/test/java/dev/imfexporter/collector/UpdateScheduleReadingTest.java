package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateScheduleReadingTest {
  private static final String POLICY = "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU";
  private static final String LOCAL =
      "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update";
  private static final String WINDOWS = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
  private static final String ZONE = "SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation";

  private final BareHost host = new BareHost();

  UpdateScheduleReadingTest() {
    zone(-60, -60, "00000a00050003000000000000000000", "00000300050002000000000000000000", -60);
  }

  @Test
  void server2003HasItsOwnSetting() throws Exception {
    windows("5.2");
    settings(LOCAL, 4, 0, 3);

    UpdateSchedule schedule = read();

    assertThat(schedule.day()).isEmpty();
    assertThat(schedule.hour()).isEqualTo(3);
    assertThat(schedule.active()).isEqualTo(ZoneOffset.ofHours(1));
    assertThat(schedule.zone().getOffset(Instant.parse("2026-07-01T00:00:00Z")))
        .isEqualTo(ZoneOffset.ofHours(2));
  }

  @ParameterizedTest
  @CsvSource({"5.2", "6.1", "6.3"})
  void thePolicyIsTakenFirstOnEveryVersion(String version) throws Exception {
    windows(version);
    settings(LOCAL, 4, 0, 3);
    settings(POLICY, 4, 5, 22);

    assertThat(read().day()).contains(DayOfWeek.THURSDAY);
    assertThat(read().hour()).isEqualTo(22);
  }

  @ParameterizedTest
  @CsvSource({"1, SUNDAY", "2, MONDAY", "7, SATURDAY"})
  void daysBeginWithSunday(int day, DayOfWeek name) throws Exception {
    settings(POLICY, 4, day, 0);

    assertThat(read().day()).contains(name);
  }

  @Test
  void aPolicyWithoutAScheduleMeansEveryDayAtThree() throws Exception {
    value(POLICY, "AUOptions", 4);

    assertThat(read().day()).isEmpty();
    assertThat(read().hour()).isEqualTo(3);
  }

  @Test
  void aPolicyCanLeaveItToTheHost() throws Exception {
    windows("6.1");
    value(POLICY, "AUOptions", 5);
    settings(LOCAL, 4, 7, 4);

    assertThat(read().day()).contains(DayOfWeek.SATURDAY);
    assertThat(read().hour()).isEqualTo(4);
  }

  @Test
  void itsPolicyMayBeForEveryWeekExplicitly() throws Exception {
    settings(POLICY, 4, 1, 5);
    value(POLICY, "ScheduledInstallEveryWeek", 1);
    value(POLICY, "ScheduledInstallFirstWeek", 1);

    assertThat(read().hour()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "NoAutoUpdate, 1, A policy switches Automatic Updates off",
    "AUOptions, 2, AUOptions is 2",
    "AUOptions, 3, AUOptions is 3",
    "AUOptions, 7, AUOptions is 7",
    "AutomaticMaintenanceEnabled, 1, during automatic maintenance",
    "ScheduledInstallSecondWeek, 1, some weeks of a month",
    "ScheduledInstallTime, 24, no set hour: ScheduledInstallTime is 24"
  })
  void aPolicyThatSaysNoTimeIsNotApplicable(String name, int number, String why) {
    settings(POLICY, 4, 0, 3);
    value(POLICY, name, number);

    assertThatThrownBy(this::read).isInstanceOf(NotApplicable.class).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"6.2", "6.3", "5.1"})
  void theSettingOfLaterVersionsIsNotReliable(String version) {
    windows(version);
    settings(LOCAL, 4, 0, 3);

    assertThatThrownBy(this::read)
        .isInstanceOf(NotApplicable.class)
        .hasMessageContaining("no other reliable setting");
  }

  @Test
  void aHostWithoutASettingSaysNoTime() {
    windows("5.2");
    assertThatThrownBy(this::read).isInstanceOf(NotApplicable.class);
    value(LOCAL, "AUOptions", 4);
    assertThatThrownBy(this::read).isInstanceOf(NotApplicable.class);
  }

  @Test
  void aHostWithoutATimeZoneSaysNoTime() {
    BareHost bare = new BareHost();
    bare.value(View.BITS_64, POLICY, "AUOptions", new RegistryValue.Numeric(4));

    assertThatThrownBy(() -> new UpdateScheduleReading().take(bare))
        .isInstanceOf(NotApplicable.class)
        .hasMessageContaining("time zone");
  }

  @Test
  void changesOfOneYearSayNoTime() {
    settings(POLICY, 4, 0, 3);
    zone(-60, -60, "ea070a00050003000000000000000000", "ea070300050002000000000000000000", -60);

    assertThatThrownBy(this::read).isInstanceOf(NotApplicable.class);
  }

  @Test
  void valuesThatCannotBeAreMalformed() {
    settings(POLICY, 4, 8, 3);
    assertThatThrownBy(this::read).isInstanceOf(Malformed.class).hasMessageContaining("is 8");

    settings(POLICY, 4, 0, 3);
    host.value(View.BITS_64, ZONE, "StandardStart", new RegistryValue.Text("October"));
    assertThatThrownBy(this::read)
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("StandardStart");
    zone(-60, -60, "00000a00050003000000000000000000", "00000300050002000000000000000000", 99_999);
    assertThatThrownBy(this::read)
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("99999 minutes off UTC");
  }

  private UpdateSchedule read() throws Exception {
    return new UpdateScheduleReading().take(host);
  }

  private void windows(String version) {
    host.value(View.BITS_64, WINDOWS, "CurrentVersion", new RegistryValue.Text(version));
  }

  private void settings(String key, int options, int day, int hour) {
    value(key, "AUOptions", options);
    value(key, "ScheduledInstallDay", day);
    value(key, "ScheduledInstallTime", hour);
  }

  private void zone(int bias, int daylight, String toStandard, String toDaylight, int active) {
    value(ZONE, "Bias", bias);
    value(ZONE, "StandardBias", 0);
    value(ZONE, "DaylightBias", daylight);
    value(ZONE, "ActiveTimeBias", active);
    host.value(View.BITS_64, ZONE, "StandardStart", new RegistryValue.Binary(toStandard));
    host.value(View.BITS_64, ZONE, "DaylightStart", new RegistryValue.Binary(toDaylight));
  }

  private void value(String key, String name, int number) {
    host.value(View.BITS_64, key, name, new RegistryValue.Numeric(Integer.toUnsignedLong(number)));
  }
}

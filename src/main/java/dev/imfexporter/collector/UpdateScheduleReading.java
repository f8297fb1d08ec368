package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.format.TimeZoneData;
import java.time.DayOfWeek;
import java.time.zone.ZoneRules;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * When Automatic Updates installs updates: by policy (<a
 * href="https://learn.microsoft.com/windows/deployment/update/waus-wu-settings">values of the
 * key</a>, before <a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/dd939844(v=ws.10)">dd939844</a>),
 * or as it is set on the host itself, which only holds before Windows 8 and Server 2012 (<a
 * href="https://learn.microsoft.com/windows/win32/api/wuapi/nf-wuapi-iautomaticupdatessettings-put_scheduledinstallationtime">
 * page</a>). What other programs install, and deadlines of a WSUS server, is not in these keys.
 */
public final class UpdateScheduleReading implements Collector<UpdateSchedule> {
  private static final String POLICY = "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU";

  /**
   * The same values, set on the host. Microsoft documents the interface that sets them
   * (IAutomaticUpdatesSettings); the key is named by <a
   * href="https://www.itprotoday.com/windows-8/how-can-i-use-registry-configure-windows-xp-or-windows-2000-service-pack-3-sp3-automatic">others</a>.
   */
  private static final String LOCAL =
      "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update";

  /** Its value {@code CurrentVersion} is 5.2 on Server 2003, 6.1 on 2008 R2, 6.2 or 6.3 later. */
  private static final String WINDOWS = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

  private static final List<String> WITH_LOCAL_SETTINGS = List.of("5.2", "6.0", "6.1");

  /**
   * AutomaticUpdatesNotificationLevel (<a
   * href="https://learn.microsoft.com/windows/win32/api/wuapi/ne-wuapi-automaticupdatesnotificationlevel">
   * page</a>).
   */
  private static final long SCHEDULED_INSTALLATION = 4;

  /** A value of the policy alone: each host has its own setting. */
  private static final long AS_SET_ON_THE_HOST = 5;

  /** Without a schedule of its own, the policy installs every day at 3:00, by its own text. */
  private static final long EVERY_DAY = 0;

  private static final long DEFAULT_HOUR = 3;

  private static final String ZONE = "SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation";

  private static final List<String> SOME_WEEKS =
      List.of(
          "ScheduledInstallFirstWeek",
          "ScheduledInstallSecondWeek",
          "ScheduledInstallThirdWeek",
          "ScheduledInstallFourthWeek");

  @Override
  public UpdateSchedule take(HostAccess host) throws AccessException, NotApplicable {
    Registry registry = host.registry();
    HklmKey policy = new HklmKey(registry, POLICY);
    if (isOn(policy, "NoAutoUpdate")) {
      throw new NotApplicable("A policy switches Automatic Updates off");
    }
    Optional<Long> options = policy.number("AUOptions").filter(o -> o != AS_SET_ON_THE_HOST);
    if (options.isPresent()) {
      requireSchedule(options.get());
      requireEveryWeek(policy);
      return schedule(
          policy.number("ScheduledInstallDay").orElse(EVERY_DAY),
          policy.number("ScheduledInstallTime").orElse(DEFAULT_HOUR),
          registry);
    }
    requireLocalSettings(registry);
    HklmKey local = new HklmKey(registry, LOCAL);
    requireSchedule(local.number("AUOptions").orElseThrow(UpdateScheduleReading::notSet));
    return schedule(
        local.number("ScheduledInstallDay").orElseThrow(UpdateScheduleReading::notSet),
        local.number("ScheduledInstallTime").orElseThrow(UpdateScheduleReading::notSet),
        registry);
  }

  private static boolean isOn(HklmKey key, String name) throws AccessException {
    return key.number(name).filter(value -> value == 1).isPresent();
  }

  private static void requireSchedule(long options) throws NotApplicable {
    if (options != SCHEDULED_INSTALLATION) {
      throw new NotApplicable(
          "Automatic Updates installs nothing at a set time: AUOptions is " + options);
    }
  }

  private static void requireLocalSettings(Registry registry)
      throws AccessException, NotApplicable {
    if (new HklmKey(registry, WINDOWS)
        .text("CurrentVersion")
        .filter(WITH_LOCAL_SETTINGS::contains)
        .isEmpty()) {
      throw new NotApplicable(
          "No policy says when updates are installed, and this version of Windows has no other"
              + " reliable setting");
    }
  }

  private static NotApplicable notSet() {
    return new NotApplicable("Nothing says when updates are installed");
  }

  /** Since Windows 8, and 10: what the policy can say instead of a day and an hour. */
  private static void requireEveryWeek(HklmKey policy) throws AccessException, NotApplicable {
    if (isOn(policy, "AutomaticMaintenanceEnabled")) {
      throw new NotApplicable("Updates are installed during automatic maintenance");
    }
    if (isOn(policy, "ScheduledInstallEveryWeek")) {
      return;
    }
    for (String week : SOME_WEEKS) {
      if (isOn(policy, week)) {
        throw new NotApplicable("Updates are installed in some weeks of a month only");
      }
    }
  }

  /**
   * The day is an <a
   * href="https://learn.microsoft.com/windows/win32/api/wuapi/ne-wuapi-automaticupdatesscheduledinstallationday">
   * AutomaticUpdatesScheduledInstallationDay</a>: 0 is every day, 1 is Sunday.
   */
  private static UpdateSchedule schedule(long day, long hour, Registry registry)
      throws AccessException, NotApplicable {
    if (day > DayOfWeek.values().length) {
      throw new Malformed("ScheduledInstallDay is %d, expected 0 to 7".formatted(day));
    }
    if (hour >= 24) {
      throw new NotApplicable(
          "Updates are installed at no set hour: ScheduledInstallTime is " + hour);
    }
    HklmKey zone = new HklmKey(registry, ZONE);
    return new UpdateSchedule(
        day == EVERY_DAY ? Optional.empty() : Optional.of(DayOfWeek.SATURDAY.plus(day)),
        (int) hour,
        rules(zone),
        TimeZoneData.offset(minutes(zone, "ActiveTimeBias")));
  }

  private static ZoneRules rules(HklmKey zone) throws AccessException, NotApplicable {
    return TimeZoneData.rules(
            minutes(zone, "Bias"), change(zone, "Standard"), change(zone, "Daylight"))
        .orElseThrow(() -> new NotApplicable("The host's time zone changes its rules every year"));
  }

  private static TimeZoneData.Change change(HklmKey zone, String time)
      throws AccessException, NotApplicable {
    String start = zone.binary(time + "Start").orElseThrow(UpdateScheduleReading::noZone);
    return new TimeZoneData.Change(minutes(zone, time + "Bias"), HexFormat.of().parseHex(start));
  }

  private static int minutes(HklmKey zone, String name) throws AccessException, NotApplicable {
    // A negative number of minutes, as a REG_DWORD.
    return zone.number(name).orElseThrow(UpdateScheduleReading::noZone).intValue();
  }

  private static NotApplicable noZone() {
    return new NotApplicable("The host's time zone is not in its registry");
  }
}

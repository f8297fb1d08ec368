package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of Exchange, its filter and Automatic Updates that are read; on a 32-bit Windows both
 * views are the same.
 */
final class DemoRegistry implements Registry {
  private static final Duration INSTALLED_BEFORE = Duration.ofDays(400);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M/d/yyyy", Locale.ROOT);

  private record Key(String path, Instant written, Map<String, RegistryValue> values) {}

  private final DemoHost host;
  private final ZoneId zone;

  DemoRegistry(DemoHost host, ZoneId zone) {
    this.host = host;
    this.zone = zone;
  }

  @Override
  public Optional<RegistryValue> value(View view, String key, String name) throws AccessException {
    return key("RegQueryValueEx", key)
        .flatMap(
            found ->
                found.values().entrySet().stream()
                    .filter(value -> value.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }

  @Override
  public Optional<Instant> lastWritten(View view, String key) throws AccessException {
    return key("RegQueryInfoKey", key).map(Key::written);
  }

  @Override
  public Subscription onChange(View view, String key, Runnable changed) throws Unsupported {
    throw new Unsupported("The demo is polled");
  }

  private Optional<Key> key(String call, String path) throws AccessException {
    Scene.Update update = host.scene(call + " " + path).registered();
    return keys(update).stream().filter(key -> key.path().equalsIgnoreCase(path)).findFirst();
  }

  private List<Key> keys(Scene.Update update) {
    Instant installed = host.time(INSTALLED_BEFORE.negated());
    Instant updated = host.time(update.at());
    return List.of(
        new Key(
            "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
            installed,
            Map.of(
                "CurrentVersion",
                new RegistryValue.Text("5.2"),
                "ProductName",
                new RegistryValue.Text("Microsoft Windows Server 2003"),
                "CSDVersion",
                new RegistryValue.Text("Service Pack 2"),
                "CurrentBuildNumber",
                new RegistryValue.Text("3790"))),
        new Key(
            "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update",
            installed,
            Map.of(
                "AUOptions", new RegistryValue.Numeric(4),
                "ScheduledInstallDay", new RegistryValue.Numeric(0),
                "ScheduledInstallTime", new RegistryValue.Numeric(3))),
        new Key("SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation", installed, timeZone()),
        new Key(
            "SOFTWARE\\Microsoft\\Exchange",
            installed,
            Map.of("ContentFilterState", new RegistryValue.Numeric(1))),
        new Key(
            "SOFTWARE\\Microsoft\\Exchange\\ContentFilter",
            installed,
            Map.of("ContentFilterBindings", new RegistryValue.Text("1"))),
        new Key(
            "SOFTWARE\\Microsoft\\Exchange\\Setup",
            installed,
            Map.of("Services", new RegistryValue.Text(DemoFiles.EXCHANGE))),
        new Key(
            "SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747",
            updated,
            Map.of(
                "PackageVersion",
                new RegistryValue.Text(DemoFiles.version(update)),
                "InstalledDate",
                new RegistryValue.Text(DAY.format(updated.atZone(zone))))));
  }

  /** As long as the story lasts, it has the offset from UTC with which the story begins. */
  private Map<String, RegistryValue> timeZone() {
    long minutes = -zone.getRules().getOffset(host.time(Duration.ZERO)).getTotalSeconds() / 60;
    RegistryValue bias = new RegistryValue.Numeric(minutes & 0xffff_ffffL);
    RegistryValue none = new RegistryValue.Numeric(0);
    RegistryValue never = new RegistryValue.Binary("00".repeat(16));
    return Map.of(
        "Bias", bias,
        "ActiveTimeBias", bias,
        "StandardBias", none,
        "StandardStart", never,
        "DaylightBias", none,
        "DaylightStart", never);
  }
}

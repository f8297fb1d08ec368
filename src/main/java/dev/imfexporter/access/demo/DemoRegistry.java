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
 * The keys of Exchange and its filter that are read; on a 32-bit Windows both views are the same.
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
}

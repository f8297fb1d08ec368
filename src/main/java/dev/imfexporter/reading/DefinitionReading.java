package dev.imfexporter.reading;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.reading.Definition.Folder;
import dev.imfexporter.reading.Definition.Registered;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The version of the IMF's data by both its witnesses: the key that an update writes last
 * (KB907747, TechNet aa998975) and the newest of the version folders that it unpacks to.
 */
public final class DefinitionReading implements Reading<Definition> {

  /** The key of the newest installed update; also what to watch for changes. */
  public static final String UPDATE_KEY =
      "SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747";

  private static final String EXCHANGE_KEY = "SOFTWARE\\Microsoft\\Exchange";
  private static final String SETUP_KEY = EXCHANGE_KEY + "\\Setup";

  /** Month first, as KB888535 shows it; the installer's language is not on record. */
  private static final DateTimeFormatter INSTALLED = DateTimeFormatter.ofPattern("M/d/uuuu");

  private final Optional<String> folder;
  private final ZoneId zone;

  /**
   * @param folder with the version folders; empty to look where Exchange says it is installed
   * @param zone for the day of installation
   */
  public DefinitionReading(Optional<String> folder, ZoneId zone) {
    this.folder = folder;
    this.zone = zone;
  }

  @Override
  public ReadingName name() {
    return ReadingName.DEFINITION;
  }

  @Override
  public Definition take(HostAccess host) throws AccessException, NotApplicable {
    Registry registry = host.registry();
    Optional<Registered> registered = registered(registry);
    Optional<String> versions =
        folder.isPresent()
            ? folder
            : text(registry, SETUP_KEY, "Services").map(at -> at + "\\bin\\MSCFV2");
    if (registered.isEmpty() && versions.isEmpty()) {
      throw new NotApplicable("No Exchange Server is installed, so there is no IMF definition");
    }
    return new Definition(
        registered,
        versions.isEmpty() ? Optional.empty() : newest(host.files(), versions.get()),
        number(registry, EXCHANGE_KEY, "ContentFilterState").map(state -> state == 1));
  }

  private Optional<Registered> registered(Registry registry) throws AccessException {
    Optional<String> version = text(registry, UPDATE_KEY, "PackageVersion");
    if (version.isEmpty()) {
      return Optional.empty();
    }
    DefinitionVersion parsed =
        DefinitionVersion.of(version.get())
            .orElseThrow(
                () ->
                    new AccessException.Malformed(
                        "HKLM\\%s\\PackageVersion is \"%s\", want numbers parted by dots"
                            .formatted(UPDATE_KEY, version.get())));
    return Optional.of(
        new Registered(
            parsed,
            text(registry, UPDATE_KEY, "InstalledDate").flatMap(this::midnight),
            lastWritten(registry)));
  }

  private Optional<Instant> midnight(String day) {
    try {
      return Optional.of(LocalDate.parse(day.strip(), INSTALLED).atStartOfDay(zone).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> lastWritten(Registry registry) throws AccessException {
    for (View view : View.values()) {
      if (registry.value(view, UPDATE_KEY, "PackageVersion").isPresent()) {
        return registry.lastWritten(view, UPDATE_KEY);
      }
    }
    return Optional.empty();
  }

  private static Optional<Folder> newest(Files files, String parent) throws AccessException {
    List<Files.Entry> entries;
    try {
      entries = files.list(parent).orElse(List.of());
    } catch (AccessException.Unsupported e) {
      return Optional.empty();
    }
    return entries.stream()
        .filter(Files.Entry::folder)
        .flatMap(
            entry ->
                DefinitionVersion.of(entry.name()).stream()
                    .map(version -> new Folder(version, entry.created())))
        .max(Comparator.comparing(Folder::version));
  }

  private static Optional<String> text(Registry registry, String key, String name)
      throws AccessException {
    Optional<RegistryValue> value = value(registry, key, name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof RegistryValue.Text text) {
      return Optional.of(text.value());
    }
    throw wrongType(key, name, value.get(), "a text (REG_SZ)");
  }

  private static Optional<Long> number(Registry registry, String key, String name)
      throws AccessException {
    Optional<RegistryValue> value = value(registry, key, name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof RegistryValue.Numeric number) {
      return Optional.of(number.value());
    }
    throw wrongType(key, name, value.get(), "a number (REG_DWORD)");
  }

  private static AccessException wrongType(
      String key, String name, RegistryValue value, String want) {
    return new AccessException.Malformed(
        "HKLM\\%s\\%s is %s, want %s".formatted(key, name, value.describe(), want));
  }

  /** Exchange 2003 is a 32-bit program, so on a 64-bit Windows its keys are in the 32-bit view. */
  private static Optional<RegistryValue> value(Registry registry, String key, String name)
      throws AccessException {
    Optional<RegistryValue> value = registry.value(View.BITS_64, key, name);
    return value.isPresent() ? value : registry.value(View.BITS_32, key, name);
  }
}

package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.Files;
import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.collector.Definition.Folder;
import dev.imfexporter.collector.Definition.Registered;
import dev.imfexporter.collector.Result.Failed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The version of the IMF's data from both sources: the registry key that an update writes last
 * (KB907747, TechNet aa998975) and the newest of the version folders into which updates are
 * unpacked.
 */
public final class DefinitionReading implements Collector<Definition> {

  /** The key of the newest installed update, which changes with every update. */
  public static final String UPDATE_KEY =
      "SOFTWARE\\Microsoft\\Updates\\Exchange Server 2003\\SP3\\KB907747";

  static final String EXCHANGE_KEY = "SOFTWARE\\Microsoft\\Exchange";

  /** Its value {@code Services} is the folder that Exchange is installed in. */
  static final String SETUP_KEY = EXCHANGE_KEY + "\\Setup";

  /** Month first, as in KB888535; other formats are not documented. */
  private static final DateTimeFormatter INSTALLED = DateTimeFormatter.ofPattern("M/d/uuuu");

  private final Optional<String> folder;
  private final ZoneId zone;

  /**
   * @param folder that contains the version folders; empty to take it from Exchange's registry key
   * @param zone for the day of installation
   */
  public DefinitionReading(Optional<String> folder, ZoneId zone) {
    this.folder = folder;
    this.zone = zone;
  }

  @Override
  public Definition take(HostAccess host) throws AccessException, NotApplicable {
    Registry registry = host.registry();
    Parts parts = new Parts();
    Optional<Registered> registered =
        parts.read(() -> registered(new HklmKey(registry, UPDATE_KEY)));
    Optional<String> versions =
        folder.isPresent()
            ? folder
            : parts
                .read(() -> new HklmKey(registry, SETUP_KEY).text("Services"))
                .map(at -> at + "\\bin\\MSCFV2");
    if (registered.isEmpty() && versions.isEmpty()) {
      parts.throwFirst();
      throw new NotApplicable("No Exchange Server is installed, so there is no IMF definition");
    }
    Optional<Folder> newest =
        versions.isEmpty()
            ? Optional.empty()
            : parts.read(() -> newest(host.files(), versions.get()));
    Optional<Boolean> updates =
        parts
            .read(() -> new HklmKey(registry, EXCHANGE_KEY).number("ContentFilterState"))
            .map(state -> state == 1);
    return new Definition(registered, newest, updates, parts.failed());
  }

  /** Reads one part after the other: a malformed one is left out and does not cost the others. */
  private static final class Parts {
    private Optional<Malformed> first = Optional.empty();

    private interface Part<T> {
      Optional<T> read() throws AccessException;
    }

    <T> Optional<T> read(Part<T> part) throws AccessException {
      try {
        return part.read();
      } catch (Malformed e) {
        first = first.or(() -> Optional.of(e));
        return Optional.empty();
      }
    }

    void throwFirst() throws Malformed {
      if (first.isPresent()) {
        throw first.get();
      }
    }

    Optional<Failed<?>> failed() {
      return first.map(e -> new Failed<>(String.valueOf(e.getMessage()), e.reason()));
    }
  }

  private Optional<Registered> registered(HklmKey update) throws AccessException {
    Optional<String> version = update.text("PackageVersion");
    if (version.isEmpty()) {
      return Optional.empty();
    }
    DefinitionVersion parsed =
        DefinitionVersion.of(version.get())
            .orElseThrow(
                () ->
                    new Malformed(
                        "HKLM\\%s\\PackageVersion is \"%s\", expected numbers separated by dots"
                            .formatted(UPDATE_KEY, version.get())));
    return Optional.of(new Registered(parsed, installed(update), update.written("PackageVersion")));
  }

  /** Empty also if the value is not a text: it must not cost the version. */
  private Optional<Instant> installed(HklmKey update) throws AccessException {
    return update
        .value("InstalledDate")
        .flatMap(
            value ->
                value instanceof RegistryValue.Text text
                    ? midnight(text.value())
                    : Optional.empty());
  }

  private Optional<Instant> midnight(String day) {
    try {
      return Optional.of(LocalDate.parse(day.strip(), INSTALLED).atStartOfDay(zone).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
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
}

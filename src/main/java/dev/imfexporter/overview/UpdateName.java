package dev.imfexporter.overview;

import dev.imfexporter.collector.DefinitionVersion;
import dev.imfexporter.collector.UpdateKind;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.MarkerType;
import dev.imfexporter.watch.model.UpdateMarker;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What names the same update on all hosts.
 *
 * @param id the number of the article, such as KB5031362; the version of the definition; or, where
 *     an installer gave no number, the title, which may be in the host's language. Of letters,
 *     digits, {@code .}, {@code -} and {@code _} alone
 */
public record UpdateName(UpdateKind kind, String id) {
  /** Jetty refuses some of these in a path, encoded or not, and an id is a part of links. */
  private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}.-]+");

  private static final Pattern AROUND = Pattern.compile("^[._-]+|[._-]+$");

  /**
   * The updates that an episode may be about, with the title of each. All of them, because several
   * that are installed in one night cannot be told apart by what restarted then.
   */
  static Map<UpdateName, String> of(Episode episode) {
    boolean versioned = isVersioned(episode);
    Map<UpdateName, String> titles = new LinkedHashMap<>();
    for (UpdateMarker marker : episode.markers()) {
      // All releases of the definition share an article; only their versions tell them apart.
      boolean definition = marker.update() == UpdateKind.DEFINITION;
      if (!definition || !versioned || isVersion(marker)) {
        name(marker, titles);
      }
    }
    return titles;
  }

  /** A release of the definition. */
  static UpdateName ofRelease(String version) {
    return new UpdateName(UpdateKind.DEFINITION, plain(version));
  }

  private static void name(UpdateMarker marker, Map<UpdateName, String> titles) {
    String id =
        plain(marker.id().isEmpty() ? marker.title() : marker.id().toUpperCase(Locale.ROOT));
    if (!id.isEmpty()) {
      titles.merge(
          new UpdateName(marker.update(), id),
          marker.title(),
          (first, last) -> last.isEmpty() ? first : last);
    }
  }

  private static String plain(String text) {
    return AROUND.matcher(NOT_PLAIN.matcher(text).replaceAll("_")).replaceAll("");
  }

  /**
   * Other ids by which an installer reported this definition in an episode; none of an update of
   * Windows.
   */
  Set<String> articles(Episode episode) {
    return episode.markers().stream()
        .filter(marker -> marker.update() == kind && kind == UpdateKind.DEFINITION)
        .filter(marker -> marker.marker().isInstaller())
        .map(UpdateMarker::id)
        .filter(other -> !other.isEmpty() && !other.equalsIgnoreCase(id))
        .collect(Collectors.toSet());
  }

  /** Whether its markers say which release of the definition was installed. */
  public static boolean isVersioned(Episode episode) {
    return episode.markers().stream().anyMatch(UpdateName::isVersion);
  }

  /** Whether the name holds for all releases of the definition, because no version was read. */
  public boolean isOfAnyRelease() {
    return kind == UpdateKind.DEFINITION && DefinitionVersion.of(id).isEmpty();
  }

  /** Whether it says which release of the definition was installed. */
  public static boolean isVersion(UpdateMarker marker) {
    boolean definition =
        marker.marker() == MarkerType.FOLDER || marker.marker() == MarkerType.REGISTRY;
    // One that goes back is the version before the update.
    return definition && !marker.back();
  }
}

package dev.imfexporter.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a key belongs that stands below the wrong one. */
final class KeyPlaces {
  private KeyPlaces() {}

  /** The end of a sentence about an unknown key; empty if it belongs nowhere. */
  static Optional<String> hint(String key) {
    return places().entrySet().stream()
        .filter(place -> place.getValue().contains(key))
        .findFirst()
        .map(place -> ", it belongs to " + place.getKey());
  }

  private static Map<String, Set<String>> places() {
    Map<String, Set<String>> places = new LinkedHashMap<>();
    places.put("a host with access: smb", Shape.keys(ConfigReader::smbKeys));
    places.put("a host with access: demo", Set.of("demo_start"));
    places.put("a host", Set.of("access", "module"));
    places.put("an account in auths", Shape.keys(f -> new AuthReader("").read("", f)));
    places.put("a module in modules", Shape.keys(ModuleReader::read));
    return places;
  }
}

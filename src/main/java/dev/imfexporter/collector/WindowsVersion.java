package dev.imfexporter.collector;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name of a host's Windows, from the registry. A host gets another one by a boot, so it is read
 * once for each.
 */
final class WindowsVersion {
  private static final String KEY = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

  /** {@code Windows Server 2003, Service Pack 2, build 3790}; empty if the key names none. */
  static Optional<String> read(Registry registry) throws AccessException {
    HklmKey key = new HklmKey(registry, KEY);
    Optional<String> product = key.text("ProductName").filter(name -> !name.isBlank());
    if (product.isEmpty()) {
      return Optional.empty();
    }
    // The service pack until 2008 R2, the number of the monthly update from 2016 on.
    Optional<String> servicePack = key.text("CSDVersion").filter(name -> !name.isBlank());
    Optional<String> build = key.text("CurrentBuildNumber").filter(name -> !name.isBlank());
    Optional<Long> update = build.isEmpty() ? Optional.empty() : key.number("UBR");
    return Optional.of(
        Stream.of(
                product,
                servicePack,
                build.map(number -> "build " + number + update.map(of -> "." + of).orElse("")))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", ")));
  }

  private WindowsVersion() {}
}

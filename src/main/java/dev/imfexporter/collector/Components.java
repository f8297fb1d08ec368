package dev.imfexporter.collector;

import java.util.List;
import java.util.Optional;

/**
 * The modules (EXE and DLL files) that {@code inetinfo.exe} has loaded.
 *
 * @param thirdParty the modules that belong neither to Windows nor to Exchange, each once, by name;
 *     at most 50
 * @param unlisted the number of third-party modules beyond those 50
 * @param standard the number of Microsoft's modules
 * @param own those of Microsoft's modules that are IIS SMTP itself: {@code inetinfo.exe} and {@code
 *     smtpsvc.dll}
 */
public record Components(
    List<Component> thirdParty, int unlisted, int standard, List<Component> own)
    implements Partial {
  public Components {
    thirdParty = List.copyOf(thirdParty);
    own = List.copyOf(own);
  }

  public Components(List<Component> thirdParty, int unlisted, int standard) {
    this(thirdParty, unlisted, standard, List.of());
  }

  @Override
  public Optional<String> missing() {
    return unlisted == 0
        ? Optional.empty()
        : Optional.of(
            "%d third-party modules are loaded, of which %d are listed"
                .formatted(thirdParty.size() + unlisted, thirdParty.size()));
  }

  /**
   * @param name of the file, without its folder
   * @param company in its version resource; "" if it has none
   * @param version in its version resource; "" if it has none
   */
  public record Component(String name, String company, String version) {}
}

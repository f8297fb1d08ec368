package dev.imfexporter.reading;

import java.util.List;

/**
 * Who else lives in {@code inetinfo.exe}.
 *
 * @param thirdParty those that neither Windows nor Exchange brought
 * @param standard how many of Microsoft's there are
 */
public record Components(List<Component> thirdParty, int standard) {
  public Components {
    thirdParty = List.copyOf(thirdParty);
  }

  /**
   * @param name of the file, without its folder
   * @param company as its version resource says; "" when it does not
   * @param version of the file; "" when not said
   */
  public record Component(String name, String company, String version) {}
}

package dev.imfexporter.reading;

import java.util.List;

/**
 * Who else lives in {@code inetinfo.exe}.
 *
 * @param thirdParty those that neither Windows nor Exchange brought, each once, by name; at most 50
 * @param unlisted how many more of them there are
 * @param standard how many of Microsoft's there are
 */
public record Components(List<Component> thirdParty, int unlisted, int standard) {
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

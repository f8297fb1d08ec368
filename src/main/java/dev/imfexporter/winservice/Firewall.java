package dev.imfexporter.winservice;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rule of the Windows firewall that lets Prometheus in.
 *
 * @param ports the TCP ports that are open; at least one
 * @param network the addresses that are let in, such as {@code 10.1.0.0/16}
 */
public record Firewall(List<Integer> ports, String network) {
  private static final String RULE = "name=" + Registration.NAME;

  /** What netsh takes as remoteip: an address or a network; here no keyword and no list. */
  private static final Pattern NETWORK =
      Pattern.compile("[0-9a-fA-F]*[.:][0-9a-fA-F.:]*(/[0-9]{1,3})?");

  /**
   * @throws IllegalArgumentException if the network is none
   */
  public Firewall {
    ports = List.copyOf(ports);
    if (!NETWORK.matcher(network).matches()) {
      throw new IllegalArgumentException(
          "want an address or a network such as 10.1.0.0/16, not '" + network + "'");
    }
  }

  /** As netsh takes them. */
  String portList() {
    return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Adds the rule. */
  void open() throws ServiceException {
    SystemTool.run(addCommand());
  }

  /** Removes the rule; also succeeds if there is none. */
  static void close() {
    try {
      SystemTool.run(List.of("netsh", "advfirewall", "firewall", "delete", "rule", RULE));
    } catch (ServiceException noRule) {
      System.getLogger(Firewall.class.getName()).log(Level.DEBUG, noRule.getMessage());
    }
  }

  List<String> addCommand() {
    return List.of(
        "netsh",
        "advfirewall",
        "firewall",
        "add",
        "rule",
        RULE,
        "dir=in",
        "action=allow",
        "protocol=TCP",
        "localport=" + portList(),
        "remoteip=" + network);
  }
}

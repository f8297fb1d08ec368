package dev.imfexporter.access.demo;

import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.StartMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The services of the demo host, all of them at home in {@code inetinfo.exe}, as Exchange 2003 sets
 * them up; in the order in which the SCM would start them.
 */
enum DemoService {
  IISADMIN("IISADMIN", "IIS Admin Service", "RPCSS SAMSS"),
  SMTPSVC("SMTPSVC", "Simple Mail Transfer Protocol (SMTP)", "IISADMIN"),
  RESVC("RESvc", "Microsoft Exchange Routing Engine", "IISADMIN");

  private final String shortName;
  private final String displayName;
  private final String requires;

  DemoService(String shortName, String displayName, String requires) {
    this.shortName = shortName;
    this.displayName = displayName;
    this.requires = requires;
  }

  static Optional<DemoService> named(String name) {
    return Arrays.stream(values()).filter(s -> s.shortName.equalsIgnoreCase(name)).findFirst();
  }

  String shortName() {
    return shortName;
  }

  ServiceConfig config() {
    return new ServiceConfig(displayName, StartMode.AUTO, List.of(requires.split(" ")));
  }

  /** Whether it depends on the other, directly: there are no longer ways in this story. */
  boolean requires(DemoService other) {
    return config().requires().contains(other.shortName);
  }
}

package dev.imfexporter.life;

import java.util.List;

/** The watched services of the host; all others depend on IIS Admin. */
public enum LifeService {
  IISADMIN("IISADMIN", "IIS Admin Service", List.of("RPCSS", "SamSS")),
  SMTPSVC("SMTPSVC", "Simple Mail Transfer Protocol (SMTP)", List.of("IISADMIN")),
  RESVC("RESvc", "Microsoft Exchange Routing Engine", List.of("IISADMIN")),
  W3SVC("W3SVC", "World Wide Web Publishing Service", List.of("IISADMIN"));

  /** Those that die together with {@code inetinfo.exe}. */
  static final List<LifeService> IN_INETINFO = List.of(IISADMIN, SMTPSVC, RESVC);

  /** Those that a stop of IIS Admin takes with it. */
  static final List<LifeService> DEPENDENTS = List.of(RESVC, W3SVC, SMTPSVC);

  private final String shortName;
  private final String displayName;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> requires;

  LifeService(String shortName, String displayName, List<String> requires) {
    this.shortName = shortName;
    this.displayName = displayName;
    this.requires = requires;
  }

  /** The name by which the SCM knows it. */
  public String shortName() {
    return shortName;
  }

  /** The name that people and old event logs use. */
  public String displayName() {
    return displayName;
  }

  /** Short names. */
  public List<String> requires() {
    return requires;
  }
}

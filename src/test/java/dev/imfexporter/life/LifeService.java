package dev.imfexporter.life;

import java.util.List;

/** The watched services of the host; all others depend on IIS Admin. */
public enum LifeService {
  IISADMIN("IISADMIN", "IIS Admin Service", LifeService.INETINFO, List.of("RPCSS", "SamSS")),
  SMTPSVC(
      "SMTPSVC", "Simple Mail Transfer Protocol (SMTP)", LifeService.INETINFO, List.of("IISADMIN")),
  RESVC("RESvc", "Microsoft Exchange Routing Engine", LifeService.INETINFO, List.of("IISADMIN")),
  W3SVC("W3SVC", "World Wide Web Publishing Service", LifeService.SVCHOST, List.of("IISADMIN"));

  private static final long INETINFO = 1204;
  private static final long SVCHOST = 880;

  /** Those that die together with {@code inetinfo.exe}. */
  static final List<LifeService> IN_INETINFO = List.of(IISADMIN, SMTPSVC, RESVC);

  /** Those that a stop of IIS Admin takes with it. */
  static final List<LifeService> DEPENDENTS = List.of(RESVC, W3SVC, SMTPSVC);

  private final String shortName;
  private final String displayName;
  private final long processId;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> requires;

  LifeService(String shortName, String displayName, long processId, List<String> requires) {
    this.shortName = shortName;
    this.displayName = displayName;
    this.processId = processId;
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

  /** Of the process that it lives in while it is not STOPPED. */
  long processId() {
    return processId;
  }

  /** Short names. */
  public List<String> requires() {
    return requires;
  }
}

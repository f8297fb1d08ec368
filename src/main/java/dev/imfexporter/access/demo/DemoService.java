package dev.imfexporter.access.demo;

import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.WellKnownServices;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The services of the demo host as Exchange 2003 configures them, all in {@code inetinfo.exe}, in
 * the order in which the SCM starts them.
 */
enum DemoService {
  IISADMIN(WellKnownServices.IIS_ADMIN, "IIS Admin Service", "RPCSS SAMSS"),
  SMTPSVC(
      WellKnownServices.SMTP, "Simple Mail Transfer Protocol (SMTP)", WellKnownServices.IIS_ADMIN),
  RESVC("RESvc", "Microsoft Exchange Routing Engine", WellKnownServices.IIS_ADMIN);

  private static final Action RESTART = new Action(ActionType.RESTART, 60_000);

  private static final RecoveryActions RECOVERY =
      new RecoveryActions(
          86_400,
          List.of(RESTART, RESTART, new Action(ActionType.NONE, 0)),
          "",
          "",
          Optional.empty());

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

  String displayName() {
    return displayName;
  }

  ServiceConfig config(Scene.Played played) {
    return new ServiceConfig(
        displayName,
        played.startMode(),
        List.of(requires.split(" ")),
        new ServiceConfig.Details(
            List.of(),
            "LocalSystem",
            Optional.of(played.recovers() ? RECOVERY : RecoveryActions.NONE)));
  }

  /** Whether it depends on the other directly; the demo has no indirect dependencies. */
  boolean requires(DemoService other) {
    return requires.equals(other.shortName);
  }
}

package dev.imfexporter.winservice;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to an installed service: its registration, the rights of its account, its source in
 * the Application log, its rule in the firewall.
 *
 * @param grants what the account is given; nothing for LocalSystem, which has all rights
 */
public record Installation(Registration registration, List<Grant> grants) {
  public Installation {
    grants = List.copyOf(grants);
  }

  /**
   * Installs all of it. What was done before a failure stays until {@link #uninstall}, which takes
   * a half installation too.
   *
   * @param opening whom the firewall lets in; null leaves the firewall alone
   * @param progress gets a line for each thing that was done
   */
  public void install(@Nullable Firewall opening, Consumer<String> progress)
      throws ServiceException {
    try (ServiceManager manager = ServiceManager.openToCreate()) {
      manager.create(registration);
    }
    progress.accept(
        "service %s created: starts with Windows, as %s"
            .formatted(Registration.NAME, registration.account()));
    // The account NT SERVICE\NAME exists from here on.
    for (Grant grant : grants) {
      grant.give(registration.account());
      progress.accept("%s may: %s".formatted(registration.account(), grant.describe()));
    }
    ApplicationLog.register();
    progress.accept("source %s of the Application log registered".formatted(Registration.NAME));
    if (opening != null) {
      opening.open();
      progress.accept(
          "firewall: TCP port %s is open to %s".formatted(opening.portList(), opening.network()));
    }
  }

  /** Takes everything back, and deletes the service last; it must be stopped. */
  public void uninstall(Consumer<String> progress) throws ServiceException {
    Firewall.close();
    ApplicationLog.unregister();
    for (Grant grant : grants) {
      grant.take(registration.account());
      progress.accept("%s may no longer: %s".formatted(registration.account(), grant.describe()));
    }
    try (ServiceManager manager = ServiceManager.open()) {
      manager.delete();
    }
    progress.accept("service %s deleted".formatted(Registration.NAME));
  }
}

package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import java.time.Duration;

/** Why a session could not be opened, in sentences for an administrator. */
final class OpeningFailures {
  private OpeningFailures() {}

  /**
   * As {@link Failures#of}, while the session is opened.
   *
   * @param stage that was reached
   */
  static AccessException of(Exception failure, OpeningStage stage, SmbHostConfig config) {
    if (failure instanceof NotReached known) {
      return known;
    }
    String lost =
        switch (stage) {
          case ADDRESS, CONNECTION -> "was lost";
          case DIALECT -> "ended when the host was asked to speak SMB 2";
          case PERMIT, KDC, LOGIN -> "was lost during the log-in";
        };
    AccessException why =
        Failures.of(failure, config, () -> late(stage, config.timeout(), config), lost);
    return why.reason() == ErrorReason.UNREACHABLE
        ? new NotReached(
            why.reason(), withDialect(closed(String.valueOf(why.getMessage())), stage, config))
        : why;
  }

  /**
   * A stage is not over.
   *
   * @param waited how long the caller has waited for it
   */
  static NotReached late(OpeningStage stage, Duration waited, SmbHostConfig config) {
    String within = " within " + Failures.seconds(waited) + " s";
    if (stage == OpeningStage.ADDRESS) {
      return new NotReached(
          ErrorReason.DNS, "The DNS did not answer for the name " + config.host() + within);
    }
    String what =
        switch (stage) {
          case ADDRESS, CONNECTION ->
              " did not answer%s: is it up, and does a firewall drop TCP port %d?"
                  .formatted(within, config.port());
          case DIALECT ->
              " accepted the connection, but did not answer in SMB 2%s: is it overloaded?"
                  .formatted(within);
          case PERMIT -> " is not asked yet: other hosts are logging in with the account";
          case KDC -> " is not asked yet: the KDC has not given a ticket%s".formatted(within);
          case LOGIN ->
              " did not answer the log-in%s: it or its domain controller is overloaded"
                  .formatted(within);
        };
    return new NotReached(ErrorReason.TIMEOUT, withDialect(config.host() + what, stage, config));
  }

  private static String closed(String text) {
    return text.endsWith("?") ? text : text + ".";
  }

  /** A host that speaks other dialects than we do may not answer, or close the connection. */
  private static String withDialect(String message, OpeningStage stage, SmbHostConfig config) {
    boolean smb1 = config.protocol().isSmb1();
    if (smb1 && stage == OpeningStage.CONNECTION) {
      return message + " Is it newer than Windows Server 2003? Then remove smb1: true";
    }
    if (!smb1 && stage == OpeningStage.DIALECT) {
      return message
          + " Does it speak SMB 1 alone, as Windows Server 2003 does? Then say smb1: true";
    }
    return message;
  }
}

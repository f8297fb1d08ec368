package dev.imfexporter.collector;

import dev.imfexporter.collector.Banner.Step;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Describes the failure of a step in a sentence for an administrator, with what to check.
 *
 * @param where for example {@code port 25 of the host}
 * @param within the time limit of all steps together
 */
record BannerFailure(String where, Duration within) {
  private static final int SHOWN = 120;
  private static final int CLOSING = 421;

  static BannerFailure at(String address, int port, Duration within) {
    return new BannerFailure(
        "port %d of %s".formatted(port, address.isEmpty() ? "the host" : address), within);
  }

  /** The server answered a step with another code than the expected one. */
  String refused(Step step, SmtpReply reply) {
    return switch (step) {
      case CONNECT, GREETING ->
          "SMTP on %s greets with \"%s\": %s"
              .formatted(
                  where,
                  reply.line(),
                  reply.code() == CLOSING
                      ? "it is stopping, or has as many connections as it may have"
                      : "it takes no mail from here; see the connection control of the virtual"
                          + " server");
      case EHLO ->
          "SMTP on %s answers EHLO with \"%s\": see whether it wants another name from its clients"
              .formatted(where, reply.line());
      case QUIT ->
          "SMTP on %s answers QUIT with \"%s\", expected 221".formatted(where, reply.line());
    };
  }

  /** The answer is not an SMTP reply. */
  String malformed(SmtpReply.Malformed what) {
    return "What listens on %s does not speak SMTP: %s. See which program has the port (netstat -ano)"
        .formatted(where, what.getMessage());
  }

  /** The connection failed or was closed, or the time limit passed. */
  String broken(Step step, IOException e) {
    if (step == Step.CONNECT) {
      return unconnected(e);
    }
    return broken(step == Step.GREETING ? "a greeting" : "an answer to " + step.name(), e);
  }

  private String broken(String asked, IOException e) {
    return isLate(e) ? late(asked, e) : closed(asked, e);
  }

  /** Whether the time limit of a read passed. */
  static boolean isLate(IOException e) {
    return why(e) instanceof SocketTimeoutException;
  }

  /**
   * The time limit passed.
   *
   * @param asked what the client waited for, such as {@code an answer to EHLO}
   */
  String late(String asked, IOException e) {
    String missing =
        e instanceof SmtpDialogue.Half half
            ? "only %s of %s came".formatted(half.received(), asked)
            : asked + " did not come";
    return "SMTP on %s took the connection, but %s within %s: it hangs; look for a"
            .formatted(where, missing, seconds())
        + " plug-in that is slow or stuck, and restart SMTPSVC if mail does not leave";
  }

  /**
   * The connection was closed.
   *
   * @param asked as of {@link #late}
   */
  String closed(String asked, IOException e) {
    return "SMTP on %s closed the connection %s%s: it is stopping, or takes no mail from"
            .formatted(where, when(asked, e), isClosed(e) ? "" : " (" + words(why(e)) + ")")
        + " here; see the connection control of the virtual server";
  }

  /** Whether the server ended the connection as it should, and the system has no words for it. */
  static boolean isClosed(IOException e) {
    return why(e) instanceof SmtpDialogue.Closed;
  }

  /** How far the server came with it when the connection ended. */
  static String when(String asked, IOException e) {
    return e instanceof SmtpDialogue.Half half
        ? "in the middle of %s, after %s".formatted(asked, half.received())
        : "before " + asked;
  }

  private static IOException why(IOException e) {
    return e instanceof SmtpDialogue.Half && e.getCause() instanceof IOException cause ? cause : e;
  }

  /** There is no connection. */
  String unconnected(IOException e) {
    if (e instanceof UnknownHostException) {
      return "No client could be sent to %s: its name has no address; see DNS and the configuration"
          .formatted(where);
    }
    if (e instanceof SocketTimeoutException) {
      return "No answer on %s within %s: a firewall is in between, or the host hangs"
          .formatted(where, seconds());
    }
    return "Nothing listens on %s (%s): see whether the virtual server is started, and on which"
            .formatted(where, words(e))
        + " address and port";
  }

  private String seconds() {
    return BigDecimal.valueOf(within.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  /** What the system says, short and printable. */
  static String words(IOException e) {
    String message = e.getMessage();
    return HostText.printable(message == null ? e.getClass().getSimpleName() : message, SHOWN);
  }
}

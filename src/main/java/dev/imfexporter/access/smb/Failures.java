package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.smb.rpc.RpcException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns failures of the libraries and of the network into sentences for an administrator. */
final class Failures {
  /** NTSTATUS values (MS-ERREF 2.3.1). */
  private static final int ACCESS_DENIED = 0xc0000022;

  private static final int LOGON_FAILURE = 0xc000006d;
  private static final int BAD_NETWORK_NAME = 0xc00000cc;
  private static final int OBJECT_NAME_NOT_FOUND = 0xc0000034;
  private static final int PIPE_NOT_AVAILABLE = 0xc00000ac;

  /** Follows each refused log-in. */
  static final String NOT_AGAIN =
      "It is not tried again for half an hour, or until the password changes";

  private Failures() {}

  /** The failure of a call in an open session, with a sentence that says what to do. */
  static AccessException of(Exception failure, SmbHostConfig config) {
    return of(
        failure,
        config,
        () ->
            new NotReached(
                ErrorReason.TIMEOUT,
                config.host()
                    + " did not answer within "
                    + seconds(config.timeout())
                    + " s after a good log-in: the service that was asked hangs, or the host is"
                    + " overloaded"),
        "was lost");
  }

  /**
   * @param lost what happened to the connection
   */
  static AccessException of(
      Exception failure, SmbHostConfig config, Supplier<NotReached> timeout, String lost) {
    for (Throwable cause : causes(failure)) {
      if (isTimeout(cause) && !(cause instanceof AccessException)) {
        return timeout.get();
      }
      AccessException known = known(cause, config);
      if (known != null) {
        return known;
      }
    }
    return new NotReached(
        ErrorReason.UNREACHABLE, "The connection to " + config + " " + lost + ": " + text(failure));
  }

  static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** Whether a wait ended without an answer. A second call would double the wait. */
  static boolean isTimeout(Exception failure) {
    return causes(failure).stream().anyMatch(Failures::isTimeout);
  }

  /** Whether the host answered, even if with a refusal or malformed bytes. */
  static boolean isAnswer(Exception failure) {
    return failure instanceof RpcException || failure instanceof PipeRefused;
  }

  /** Whether something between here and the host changes what is sent, or the host does. */
  static boolean isTampering(Exception failure) {
    return failure instanceof NotReached reached
        ? reached.reason() == ErrorReason.TAMPERING
        : causes(failure).stream().anyMatch(Tampered.class::isInstance);
  }

  /** Whether only the connection was lost, so that a fresh one may bring an answer. */
  static boolean isLoss(Exception failure) {
    return !isTimeout(failure)
        && !isAnswer(failure)
        && !isTampering(failure)
        && causes(failure).stream().noneMatch(BrokenProtocol.class::isInstance);
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof TimeoutException
        || cause instanceof SocketTimeoutException
        || cause instanceof InterruptedIOException;
  }

  private static @Nullable AccessException known(Throwable cause, SmbHostConfig config) {
    if (cause instanceof AccessException known) {
      return known;
    }
    if (cause instanceof RpcException) {
      return new NotReached(ErrorReason.PROTOCOL, config + ": " + cause.getMessage());
    }
    if (cause instanceof PipeRefused refused) {
      return refused(refused, config);
    }
    if (cause instanceof StatusException answered) {
      return status(answered, config);
    }
    if (cause instanceof Tampered) {
      return new NotReached(
          ErrorReason.TAMPERING,
          "An answer of "
              + config
              + " is refused: "
              + cause.getMessage()
              + ". Something on the way changes what the host sends, or the host does not sign."
              + " It is not asked again for a minute");
    }
    if (cause instanceof BrokenProtocol) {
      return new NotReached(
          ErrorReason.PROTOCOL, config + " cannot be spoken to: " + cause.getMessage());
    }
    if (cause instanceof UnknownHostException) {
      return new NotReached(
          ErrorReason.DNS, "The name " + config.host() + " has no address: check it and the DNS");
    }
    if (cause instanceof NoRouteToHostException) {
      return new NotReached(
          ErrorReason.UNREACHABLE, "There is no route to " + config + ": is it up?");
    }
    if (cause instanceof ConnectException) {
      return new NotReached(
          ErrorReason.REFUSED,
          "%s refused TCP port %d: its Server service (LanmanServer) must run and its firewall"
                  .formatted(config.host(), config.port())
              + " let us in");
    }
    return null;
  }

  private static AccessException refused(PipeRefused refused, SmbHostConfig config) {
    String call = "Opening \\PIPE\\" + refused.pipe() + " of " + config.host();
    return switch (refused.status()) {
      case ACCESS_DENIED ->
          new AccessException.CallFailed(
              Win32Error.of(call, Win32Error.ACCESS_DENIED),
              "The account needs the right to access this computer from the network");
      case OBJECT_NAME_NOT_FOUND, PIPE_NOT_AVAILABLE ->
          new AccessException.CallFailed(
              new Win32Error(call, Win32Error.FILE_NOT_FOUND, "There is no such pipe"),
              "The service " + refused.service() + " must run");
      default ->
          new NotReached(
              ErrorReason.PROTOCOL,
              call + " failed: status " + Integer.toHexString(refused.status()));
    };
  }

  /** The failure of listing a folder of a share. */
  static AccessException ofListing(String folder, StatusException answer, SmbHostConfig config) {
    String call = "Listing " + folder;
    return switch (answer.status()) {
      case ACCESS_DENIED ->
          new AccessException.CallFailed(
              Win32Error.of(call, Win32Error.ACCESS_DENIED),
              "The account needs to read both the share and the folder");
      case BAD_NETWORK_NAME ->
          new AccessException.CallFailed(
              new Win32Error(call, Win32Error.BAD_NET_NAME, "There is no such share"),
              "Share the folder, readable for the account alone");
      default -> of(answer, config);
    };
  }

  /** Ends a permit after a failed log-in: as refused if that is what the host answered. */
  static void end(LoginGate.LoginPermit permit, Exception failure) {
    Optional<Refusal> refusal =
        causes(failure).stream()
            .filter(StatusException.class::isInstance)
            .map(cause -> refusal(((StatusException) cause).status()))
            .flatMap(Optional::stream)
            .findFirst();
    refusal.ifPresentOrElse(known -> permit.refused(known.why(), known.ofAccount()), permit::close);
  }

  /** Such a session has no key to sign with; a wrong password may be the cause. */
  static NotReached guest(LoginGate.LoginPermit permit, SmbHostConfig config) {
    String why = "it would log the account in as a guest";
    permit.refused(why, false);
    return refusedLogin(config.toString(), why);
  }

  /** Why a host refused the ticket of an account that the KDC accepted; empty if it did not. */
  static Optional<String> ticketRefused(IOException failure) {
    for (Throwable cause : causes(failure)) {
      if (cause instanceof ServiceTicket.TicketRefused refused) {
        return Optional.of(String.valueOf(refused.getMessage()));
      }
      if (cause instanceof StatusException answered) {
        return answered.status() == LOGON_FAILURE
            ? Optional.of(
                "it cannot read the ticket: spn names another machine, or its own password in the"
                    + " domain is out of date")
            : refusal(answered.status()).map(Refusal::why);
      }
    }
    return Optional.empty();
  }

  private static AccessException status(StatusException answer, SmbHostConfig config) {
    Optional<Refusal> refusal = refusal(answer.status());
    return refusal.isPresent()
        ? refusedLogin(config.toString(), refusal.get().why())
        : new NotReached(ErrorReason.PROTOCOL, config + " answered with " + answer.getMessage());
  }

  /** Always the same words for the same refusal, since a change of them is logged. */
  static NotReached refusedLogin(String host, String why) {
    return new NotReached(
        ErrorReason.AUTH,
        host
            + " refused the log-in: "
            + why
            + ". Check the account, its password, and its right to log on from the network. "
            + NOT_AGAIN);
  }

  /**
   * Why a log-in was refused.
   *
   * @param ofAccount whether every host of the domain would refuse it
   */
  private record Refusal(String why, boolean ofAccount) {}

  /** MS-ERREF 2.3.1; empty for a status that does not refuse an account. */
  private static Optional<Refusal> refusal(int status) {
    return switch (status) {
      case LOGON_FAILURE, 0xc000006a -> account("unknown account or wrong password");
      case 0xc0000071, 0xc0000224 -> account("the password has expired");
      case 0xc0000072 -> account("the account is disabled");
      case 0xc0000193 -> account("the account has expired");
      case 0xc0000234 -> account("the account is locked out");
      case 0xc000006e -> here("the account is restricted");
      case 0xc0000070 -> here("the account may not log on from this machine");
      case 0xc000015b -> here("the account may not log on from the network");
      case 0xc0000418 ->
          here("it takes no NTLM: let the account log in by Kerberos (kerberos: true)");
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> account(String why) {
    return Optional.of(new Refusal(why, true));
  }

  private static Optional<Refusal> here(String why) {
    return Optional.of(new Refusal(why, false));
  }

  static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && causes.size() < 16) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }

  /** What the innermost cause says, or is. */
  static String text(Throwable failure) {
    Throwable last = causes(failure).get(causes(failure).size() - 1);
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }
}

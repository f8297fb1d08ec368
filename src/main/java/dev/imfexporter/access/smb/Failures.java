package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.smb.rpc.RpcException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What a failure of the libraries and of the wire means to an administrator. */
final class Failures {
  /** NTSTATUS values (MS-ERREF 2.3.1). */
  private static final int ACCESS_DENIED = 0xc0000022;

  private static final int BAD_NETWORK_NAME = 0xc00000cc;
  private static final int OBJECT_NAME_NOT_FOUND = 0xc0000034;
  private static final int PIPE_NOT_AVAILABLE = 0xc00000ac;

  /** What becomes of a refused log-in. */
  static final String NOT_AGAIN =
      "It is not tried again for half an hour, or until the password changes";

  private Failures() {}

  /** The failure of a call to a host, as one sentence that says what to do. */
  static AccessException of(Exception failure, Target target) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      Optional<AccessException> known = known(cause, target);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return new NotReached(
        ErrorReason.UNREACHABLE, "The connection to " + target + " was lost: " + text(failure));
  }

  /** The same while the session is opened: an old dialect, or a new one, looks like silence. */
  static AccessException ofOpening(Exception failure, Target target) {
    AccessException why = of(failure, target);
    if (failure instanceof NotReached
        || (why.inAWord() != ErrorReason.TIMEOUT && why.inAWord() != ErrorReason.UNREACHABLE)) {
      return why;
    }
    return new NotReached(
        why.inAWord(),
        sentence(String.valueOf(why.getMessage()))
            + (target.protocol().isSmb1()
                ? " Is it newer than Windows Server 2003? Then remove smb1: true"
                : " Is it Windows Server 2003? Then say smb1: true"));
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }

  /** Whether a wait ended without an answer: asking once more would double it. */
  static boolean isTimeout(Exception failure) {
    return causes(failure).stream().anyMatch(Failures::isTimeout);
  }

  /** Whether the host answered, be it with a refusal or with nonsense: the session is alive. */
  static boolean isAnswer(Exception failure) {
    return failure instanceof RpcException || failure instanceof PipeRefused;
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof TimeoutException
        || cause instanceof SocketTimeoutException
        || cause instanceof InterruptedIOException;
  }

  private static Optional<AccessException> known(Throwable cause, Target target) {
    if (cause instanceof AccessException known) {
      return Optional.of(known);
    }
    if (cause instanceof RpcException) {
      return Optional.of(new NotReached(ErrorReason.PROTOCOL, target + ": " + cause.getMessage()));
    }
    if (cause instanceof PipeRefused refused) {
      return Optional.of(refused(refused, target));
    }
    if (cause instanceof StatusException answered) {
      return Optional.of(status(answered, target));
    }
    if (isTimeout(cause)) {
      return Optional.of(
          new NotReached(
              ErrorReason.TIMEOUT,
              target.host()
                  + " did not answer within "
                  + target.timeout().toMillis() / 1000.0
                  + " s: is it up, and does a firewall drop TCP port "
                  + target.port()
                  + "?"));
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of(
          new NotReached(
              ErrorReason.DNS,
              "The name " + target.host() + " has no address: check it and the DNS"));
    }
    if (cause instanceof NoRouteToHostException) {
      return Optional.of(
          new NotReached(
              ErrorReason.UNREACHABLE, "There is no route to " + target + ": is it up?"));
    }
    if (cause instanceof ConnectException) {
      return Optional.of(
          new NotReached(
              ErrorReason.REFUSED,
              target.host()
                  + " refused TCP port "
                  + target.port()
                  + ": its Server service (LanmanServer) must run and its firewall let us in"));
    }
    return Optional.empty();
  }

  private static AccessException refused(PipeRefused refused, Target target) {
    String call = "Opening \\PIPE\\" + refused.pipe() + " of " + target.host();
    return switch (refused.status()) {
      case ACCESS_DENIED ->
          new AccessException.CallFailed(
              new Win32Error(call, Win32Error.ACCESS_DENIED, "Access is denied"),
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
  static AccessException ofListing(String folder, StatusException answer, Target target) {
    String call = "Listing " + folder;
    return switch (answer.status()) {
      case ACCESS_DENIED ->
          new AccessException.CallFailed(
              new Win32Error(call, Win32Error.ACCESS_DENIED, "Access is denied"),
              "The account needs to read both the share and the folder");
      case BAD_NETWORK_NAME ->
          new AccessException.CallFailed(
              new Win32Error(call, Win32Error.BAD_NET_NAME, "There is no such share"),
              "Share the folder, readable for the account alone");
      default -> of(answer, target);
    };
  }

  /** Tells the gate how a log-in failed. */
  static void tell(LoginGate.Turn turn, Exception failure) {
    Optional<Refusal> refusal =
        causes(failure).stream()
            .filter(StatusException.class::isInstance)
            .map(cause -> refusal(((StatusException) cause).status()))
            .flatMap(Optional::stream)
            .findFirst();
    refusal.ifPresentOrElse(known -> turn.refused(known.why(), known.ofAccount()), turn::close);
  }

  private static AccessException status(StatusException answer, Target target) {
    Optional<Refusal> refusal = refusal(answer.status());
    return refusal.isPresent()
        ? refusedLogin(target.toString(), refusal.get().why())
        : new NotReached(ErrorReason.PROTOCOL, target + " answered with " + answer.getMessage());
  }

  /** The same words as long as it holds: a log tells a change of them. */
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
   * @param ofAccount whether every host of the domain would say so
   */
  private record Refusal(String why, boolean ofAccount) {}

  /** MS-ERREF 2.3.1; empty for a status that is no refusal of an account. */
  private static Optional<Refusal> refusal(int status) {
    return switch (status) {
      case 0xc000006d, 0xc000006a -> account("unknown account or wrong password");
      case 0xc0000071, 0xc0000224 -> account("the password has expired");
      case 0xc0000072 -> account("the account is disabled");
      case 0xc0000193 -> account("the account has expired");
      case 0xc0000234 -> account("the account is locked out");
      case 0xc000006e -> here("the account is restricted");
      case 0xc0000070 -> here("the account may not log on from this machine");
      case 0xc000015b -> here("the account may not log on from the network");
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> account(String why) {
    return Optional.of(new Refusal(why, true));
  }

  private static Optional<Refusal> here(String why) {
    return Optional.of(new Refusal(why, false));
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && causes.size() < 16) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }

  private static String text(Throwable failure) {
    Throwable last = causes(failure).get(causes(failure).size() - 1);
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }
}

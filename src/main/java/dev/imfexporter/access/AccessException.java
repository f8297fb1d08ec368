package dev.imfexporter.access;

/** What kept a host from answering a call. */
public abstract sealed class AccessException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorReason reason;

  private AccessException(String message, ErrorReason reason) {
    super(message);
    this.reason = reason;
  }

  /** The label that metrics count this failure by. */
  public ErrorReason reason() {
    return reason;
  }

  /** The host answered a call with an error. */
  public static final class CallFailed extends AccessException {
    private static final long serialVersionUID = 1L;

    private final Win32Error error;

    public CallFailed(Win32Error error) {
      this(error, "");
    }

    /**
     * @param nextStep a sentence that says what to do about it; "" for none
     */
    public CallFailed(Win32Error error, String nextStep) {
      super(nextStep.isEmpty() ? error.toString() : error + ". " + nextStep, ErrorReason.of(error));
      this.error = error;
    }

    /**
     * @param right what the account must be granted if the error is ACCESS_DENIED, e.g. {@code
     *     SERVICE_QUERY_STATUS on the service SMTPSVC}
     */
    public static CallFailed needing(String right, Win32Error error) {
      return error.code() == Win32Error.ACCESS_DENIED
          ? new CallFailed(error, "The account needs " + right)
          : new CallFailed(error);
    }

    public Win32Error error() {
      return error;
    }
  }

  /** This access, or this version of Windows, cannot do what was asked. */
  public static final class Unsupported extends AccessException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String why) {
      super(why, ErrorReason.OTHER);
    }
  }

  /** The host does not offer what it should, e.g. a performance object of a running service. */
  public static final class Missing extends AccessException {
    private static final long serialVersionUID = 1L;

    public Missing(String what) {
      super(what, ErrorReason.MISSING);
    }
  }

  /** The host answered with bytes that break the format they should follow. */
  public static final class Malformed extends AccessException {
    private static final long serialVersionUID = 1L;

    public Malformed(String what) {
      super(what, ErrorReason.PROTOCOL);
    }
  }

  /** No call came through to the host, or no answer to one came back. */
  public static final class NotReached extends AccessException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason one that concerns the way to the host
     * @param what a sentence that names the host and says what to do about it
     */
    public NotReached(ErrorReason reason, String what) {
      super(what, reason);
    }
  }
}

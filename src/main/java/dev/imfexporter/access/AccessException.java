package dev.imfexporter.access;

/** What kept a host from answering a call. */
public abstract sealed class AccessException extends Exception {

  private static final long serialVersionUID = 1L;

  private AccessException(String message) {
    super(message);
  }

  /** In the words that metrics count by. */
  public abstract ErrorReason inAWord();

  /** The host answered a call with an error. */
  public static final class CallFailed extends AccessException {
    private static final long serialVersionUID = 1L;

    private final Win32Error error;

    public CallFailed(Win32Error error) {
      super(error.toString());
      this.error = error;
    }

    /** As {@link #CallFailed(Win32Error)}, with a sentence that says what to do about it. */
    public CallFailed(Win32Error error, String nextStep) {
      super(error + ". " + nextStep);
      this.error = error;
    }

    public Win32Error error() {
      return error;
    }

    @Override
    public ErrorReason inAWord() {
      return ErrorReason.of(error);
    }
  }

  /** This access, or this version of Windows, cannot do what was asked. */
  public static final class Unsupported extends AccessException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String reason) {
      super(reason);
    }

    @Override
    public ErrorReason inAWord() {
      return ErrorReason.OTHER;
    }
  }

  /** The host does not offer what it should, e.g. a performance object of a running service. */
  public static final class Missing extends AccessException {
    private static final long serialVersionUID = 1L;

    public Missing(String what) {
      super(what);
    }

    @Override
    public ErrorReason inAWord() {
      return ErrorReason.MISSING;
    }
  }

  /** The host answered with bytes that break the format they should follow. */
  public static final class Malformed extends AccessException {
    private static final long serialVersionUID = 1L;

    public Malformed(String what) {
      super(what);
    }

    @Override
    public ErrorReason inAWord() {
      return ErrorReason.PROTOCOL;
    }
  }

  /** No call came through to the host, or no answer to one came back. */
  public static final class NotReached extends AccessException {
    private static final long serialVersionUID = 1L;

    private final ErrorReason reason;

    /**
     * @param reason one that tells of the way to the host
     * @param what a sentence that names the host and says what to do about it
     */
    public NotReached(ErrorReason reason, String what) {
      super(what);
      this.reason = reason;
    }

    @Override
    public ErrorReason inAWord() {
      return reason;
    }
  }
}

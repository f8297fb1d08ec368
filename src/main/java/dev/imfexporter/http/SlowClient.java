package dev.imfexporter.http;

import java.time.Duration;

/**
 * Whether a client holds its connection for too long, by one look after the other at it. A byte now
 * and then keeps a connection from being idle for Jetty; here the whole header, and the whole
 * answer, has a deadline. Not thread-safe.
 */
final class SlowClient {
  /** Between two looks at a connection. */
  static final Duration BETWEEN = Duration.ofMillis(500);

  /** For a request from its first byte to the end of its header, and for a handshake of TLS. */
  static final Duration HEADER = Duration.ofSeconds(10);

  /** For an answer from its first byte to its last. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  /** The first byte and the deadline both lie up to this long before the look that sees them. */
  private static final Duration UNSEEN = BETWEEN.multipliedBy(2);

  /**
   * A connection at one moment.
   *
   * @param requests how many headers were read
   * @param answering whether a request is being answered
   * @param sending whether its answer has begun
   * @param received a count that grows with each byte of a request, and is 0 until the handshake of
   *     TLS is over
   * @param handshake whether that is under way, or not begun
   */
  record Look(
      long requests, boolean answering, boolean sending, long received, boolean handshake) {}

  private enum State {
    HANDSHAKE,
    IDLE,
    RECEIVING,
    ANSWERING,
    SENDING
  }

  private State state = State.IDLE;
  private long since;
  private long requests;

  /** When it was last seen to become idle. */
  private long receivedBefore;

  /**
   * @param opened in nanoseconds
   */
  SlowClient(long opened) {
    since = opened;
  }

  /**
   * Whether the connection has to go.
   *
   * @param now in nanoseconds
   */
  boolean isTooSlow(Look look, long now) {
    State next = state(look);
    if (next != state || look.requests() != requests) {
      state = next;
      since = now;
      requests = look.requests();
      receivedBefore = look.received();
    }
    return switch (state) {
      case IDLE, ANSWERING -> false;
      case HANDSHAKE, RECEIVING -> now - since >= HEADER.minus(UNSEEN).toNanos();
      case SENDING -> now - since >= ANSWER.minus(UNSEEN).toNanos();
    };
  }

  private State state(Look look) {
    if (look.answering()) {
      return look.sending() ? State.SENDING : State.ANSWERING;
    }
    if (look.handshake()) {
      return State.HANDSHAKE;
    }
    boolean hasWaited = state == State.IDLE || state == State.HANDSHAKE;
    boolean waits = hasWaited && look.requests() == requests;
    boolean receives = waits && look.received() > receivedBefore;
    boolean stillReceives = state == State.RECEIVING && look.requests() == requests;
    return receives || stillReceives ? State.RECEIVING : State.IDLE;
  }

  /** Since when it is as it is, in nanoseconds. */
  long since() {
    return since;
  }
}

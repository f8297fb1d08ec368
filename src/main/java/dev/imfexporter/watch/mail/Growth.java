package dev.imfexporter.watch.mail;

/** How much a total of messages grew between two readings. */
final class Growth {
  /**
   * No server handles as many messages between two readings; a counter of 32 bits that a defect
   * sets to -1 jumps by more.
   */
  private static final long JUMP = 1L << 31;

  private Growth() {}

  static boolean isJump(long then, long now) {
    return now - then > JUMP;
  }

  /** A total that went down began anew with its service; one that jumped did not grow. */
  static long of(long then, long now) {
    if (now < then) {
      return now;
    }
    return isJump(then, now) ? 0 : now - then;
  }
}

package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory of answers that are being received: of each one, and of the large ones of all
 * hosts together, far below the 48 MiB of the launcher's heap. Thread-safe.
 */
final class ReplyBudget {
  /** The largest value, of performance data, has 4 MiB, with some bytes around it. */
  static final int MAX_REPLY = 4 * 1024 * 1024 + 64 * 1024;

  /** What each answer has for itself: all but performance data and event logs need less. */
  static final int OWN = 64 * 1024;

  static final ReplyBudget OF_ALL_HOSTS = new ReplyBudget(2 * MAX_REPLY);

  private final Semaphore bytes;

  /**
   * @param bytes of all answers, besides what each has for itself
   */
  ReplyBudget(int bytes) {
    this.bytes = new Semaphore(bytes);
  }

  Share share() {
    return new Share();
  }

  /** The part of one answer. For one thread. */
  final class Share implements AutoCloseable {
    private int taken;

    /**
     * @param size of the answer so far
     * @throws Malformed if it is too large, or no room is left beside the answers of other hosts
     */
    void grow(int size) throws Malformed {
      if (size > MAX_REPLY) {
        throw new Malformed("The host sent an answer of more than " + MAX_REPLY + " bytes");
      }
      int more = size - OWN - taken;
      if (more > 0) {
        if (!bytes.tryAcquire(more)) {
          throw new Malformed(
              "The host sent " + size + " bytes while other hosts send large answers too");
        }
        taken += more;
      }
    }

    @Override
    public void close() {
      bytes.release(taken);
      taken = 0;
    }
  }
}

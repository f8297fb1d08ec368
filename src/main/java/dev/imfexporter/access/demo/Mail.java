package dev.imfexporter.access.demo;

/**
 * Mail at one moment of the story. The totals count since SMTPSVC last started and are fractional
 * between two messages.
 *
 * @param perSecond messages that arrive per second
 * @param received messages in total
 * @param delivered messages to mailboxes on this server, in total
 * @param sent messages to other servers, in total
 * @param bounced messages that other servers refused, in total; a report of each was delivered
 * @param localQueue messages that wait for a mailbox
 * @param remoteQueue messages that wait for another server
 * @param inHand the few messages that are being processed, so that a healthy queue varies
 */
record Mail(
    double perSecond,
    double received,
    double delivered,
    double sent,
    double bounced,
    double localQueue,
    double remoteQueue,
    int inHand) {
  static final Mail NONE = new Mail(0, 0, 0, 0, 0, 0, 0, 0);

  /** After a start of the service: totals of zero; queued messages stay on disk. */
  Mail reset() {
    return new Mail(perSecond, 0, 0, 0, 0, localQueue, remoteQueue, inHand);
  }

  double queued() {
    return localQueue + remoteQueue;
  }

  /** Interpolates linearly to a later moment, by a fraction from 0 to 1. */
  Mail towards(Mail later, double fraction) {
    return new Mail(
        perSecond,
        between(received, later.received, fraction),
        between(delivered, later.delivered, fraction),
        between(sent, later.sent, fraction),
        between(bounced, later.bounced, fraction),
        between(localQueue, later.localQueue, fraction),
        between(remoteQueue, later.remoteQueue, fraction),
        inHand);
  }

  private static double between(double from, double to, double fraction) {
    return from + (to - from) * fraction;
  }
}

package dev.imfexporter.access;

/** A subscription to changes. Closing it twice has no effect. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends the subscription and releases its handles; a call that is under way may still come. */
  @Override
  void close();
}

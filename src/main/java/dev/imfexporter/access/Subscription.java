package dev.imfexporter.access;

/** A standing wish to be told of changes. Closing it twice is harmless. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends the subscription and releases its handles; a call under way may still arrive. */
  @Override
  void close();
}

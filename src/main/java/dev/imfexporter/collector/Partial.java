package dev.imfexporter.collector;

import dev.imfexporter.access.ErrorReason;
import java.util.Optional;

/** A value that may lack something that the host has. */
public interface Partial {

  /** What it lacks and why, as a sentence without a full stop; empty if it is complete. */
  Optional<String> missing();

  /** The category of the failure to which that is due; empty if nothing failed. */
  default Optional<ErrorReason> errorReason() {
    return Optional.empty();
  }
}

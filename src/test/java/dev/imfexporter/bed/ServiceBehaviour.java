package dev.imfexporter.bed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a stand-in service starts and stops. It takes effect at once, also on a service that waits or
 * hangs right now.
 *
 * @param startDelay time in START_PENDING before {@code start} decides
 * @param stopDelay time in STOP_PENDING before {@code stop} decides
 * @param exitCode Win32 exit code of a failure; 1066 makes {@code specificExitCode} count
 */
public record ServiceBehaviour(
    Duration startDelay,
    OnStart start,
    Duration stopDelay,
    OnStop stop,
    int exitCode,
    int specificExitCode) {

  /** What follows on START_PENDING. */
  public enum OnStart {
    /** RUNNING. */
    OK,
    /** STOPPED with the exit codes. */
    FAIL,
    /** Stays in START_PENDING until the behaviour changes. */
    HANG,
    /** Never reports to the SCM: its start call fails with 1053 after ten seconds. */
    NEVER
  }

  /** What follows on STOP_PENDING. */
  public enum OnStop {
    /** STOPPED with exit code 0. */
    OK,
    /** STOPPED with the exit codes. */
    FAIL,
    /** Stays in STOP_PENDING until the behaviour changes. */
    HANG,
    /** Stays RUNNING, and takes no other control, until the behaviour changes; then it stops. */
    IGNORE
  }

  /** Starts and stops at once, without errors. */
  public static ServiceBehaviour normal() {
    return new ServiceBehaviour(Duration.ZERO, OnStart.OK, Duration.ZERO, OnStop.OK, 1066, 42);
  }

  public ServiceBehaviour startingAfter(Duration delay) {
    return new ServiceBehaviour(delay, start, stopDelay, stop, exitCode, specificExitCode);
  }

  public ServiceBehaviour stoppingAfter(Duration delay) {
    return new ServiceBehaviour(startDelay, start, delay, stop, exitCode, specificExitCode);
  }

  public ServiceBehaviour with(OnStart onStart) {
    return new ServiceBehaviour(startDelay, onStart, stopDelay, stop, exitCode, specificExitCode);
  }

  public ServiceBehaviour with(OnStop onStop) {
    return new ServiceBehaviour(startDelay, start, stopDelay, onStop, exitCode, specificExitCode);
  }

  /** The exit codes of a failure. */
  public ServiceBehaviour failingWith(int win32Code, int specificCode) {
    return new ServiceBehaviour(startDelay, start, stopDelay, stop, win32Code, specificCode);
  }

  Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("StartDelayMs", Long.toString(startDelay.toMillis()));
    lines.put("StartMode", start.name().toLowerCase(Locale.ROOT));
    lines.put("StopDelayMs", Long.toString(stopDelay.toMillis()));
    lines.put("StopMode", stop.name().toLowerCase(Locale.ROOT));
    lines.put("ExitCode", Integer.toString(exitCode));
    lines.put("SpecificExitCode", Integer.toString(specificExitCode));
    return lines;
  }
}

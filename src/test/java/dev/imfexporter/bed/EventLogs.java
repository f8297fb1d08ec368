package dev.imfexporter.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The event logs of the bed's Windows. The stand-in services write what a Service Control Manager
 * does; a test writes the rest. Logs are named {@code System} and {@code Application}.
 */
public final class EventLogs {
  private static final String SETTINGS = "events";
  private static final int FIRST = 8;
  private static final int END = 12;

  /** How an SCM writes. */
  public enum Style {
    /** No binary data, so only the localized words tell a state; and 7035 for every control. */
    WINDOWS_2003("2003"),
    /** {@code SMTPSVC/4} as UTF-16 in the data of 7036. */
    VISTA("vista");

    private final String word;

    Style(String word) {
      this.word = word;
    }
  }

  /** What an SCM writes of a service that died. */
  public enum Crash {
    /** Without a recovery action. */
    TERMINATED_UNEXPECTEDLY(7034),
    /** With one, as IIS Admin has. */
    RECOVERED(7031);

    private final int id;

    Crash(int id) {
      this.id = id;
    }
  }

  private final Path folder;
  private final IniFile settings;
  private final Function<String[], BedCommand> scmctl;

  EventLogs(Path folder, IniFile settings, Function<String[], BedCommand> scmctl) {
    this.folder = folder;
    this.settings = settings;
    this.scmctl = scmctl;
  }

  /** Writes an event, with the next number. */
  public void append(String log, BedEvent event) {
    append(log, event, 1, 1);
  }

  /** Writes an event so many times. */
  public void append(String log, BedEvent event, int times) {
    append(log, event, times, 1);
  }

  /** Writes an event that has its strings so many times over. */
  public void appendLarge(String log, BedEvent event, int copies) {
    append(log, event, 1, copies);
  }

  private void append(String log, BedEvent event, int times, int copies) {
    List<String> words = new ArrayList<>(List.of("event", "append", log, event.provider()));
    words.add(Long.toString(Integer.toUnsignedLong(event.id())));
    words.add(Integer.toString(event.type()));
    words.add(Integer.toString(event.category()));
    words.add(Long.toString(event.fromNow().toSeconds()));
    words.add(Integer.toString(times));
    words.add(Integer.toString(copies));
    words.add(event.dataHex().isEmpty() ? "-" : event.dataHex());
    words.addAll(event.strings());
    run(words);
  }

  /** Empties a log; the next record gets the number 1. */
  public void clear(String log) {
    run(List.of("event", "clear", log, "1"));
  }

  /** Empties a log; the next record gets the number that it would have had. */
  public void clearAndGoOn(String log) {
    run(List.of("event", "clear", log, "0"));
  }

  /** Loses the oldest records, as a full log does. */
  public void wrap(String log, int count) {
    run(List.of("event", "wrap", log, Integer.toString(count)));
  }

  private void run(List<String> words) {
    scmctl.apply(words.toArray(String[]::new)).runOrThrow();
  }

  /** How the SCM writes from now on; {@link Style#VISTA} at first. */
  public void style(Style style) {
    settings.set(SETTINGS, "Style", style.word);
  }

  /** What the SCM writes of a service that died; 7034 at first. */
  public void crash(Crash crash) {
    settings.set(SETTINGS, "Crash", Integer.toString(crash.id));
  }

  /** The words that 7036 says, as a localized Windows does; ISO 8859-1. */
  public void words(String running, String stopped) {
    settings.set(SETTINGS, "Running", running);
    settings.set(SETTINGS, "Stopped", stopped);
  }

  /** Whether the SCM writes at all; it does at first. */
  public void enabled(boolean enabled) {
    settings.set(SETTINGS, "Disabled", enabled ? "0" : "1");
  }

  /** The least time between two pulses of NotifyChangeEventLog; Windows takes five seconds. */
  public void pulsesEvery(Duration time) {
    settings.set(SETTINGS, "PulseMs", Long.toString(time.toMillis()));
  }

  /** Everything that the log holds, oldest first, read past the Win32 calls. */
  public List<RecordedEvent> read(String log) {
    try {
      byte[] file = Files.readAllBytes(folder.resolve(log + ".evl"));
      ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      return RecordedEvent.parse(
          Arrays.copyOfRange(file, header.getInt(FIRST), header.getInt(END)));
    } catch (NoSuchFileException never) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.imfexporter.bed;

import java.time.Duration;
import java.util.List;

/**
 * The stand-in provider of the performance object {@code SMTP Server}. It reads its file at every
 * query, so a change counts from the next query on. Everything is 0 at first; {@code _Total} is the
 * sum of the other instances unless set.
 */
public final class PerformanceProvider {
  private static final String PROVIDER = "Provider";

  /** A field of the performance data that can be made to lie. */
  public enum Field {
    TOTAL_BYTE_LENGTH("TotalByteLength"),
    DEFINITION_LENGTH("DefinitionLength"),
    HEADER_LENGTH("HeaderLength"),
    NUM_COUNTERS("NumCounters"),
    NUM_INSTANCES("NumInstances"),
    /** Of one definition in the middle. */
    COUNTER_BYTE_LENGTH("CounterByteLength"),
    /** Of one definition in the middle. */
    COUNTER_OFFSET("CounterOffset"),
    /** Of every instance, as the fields below. */
    INSTANCE_BYTE_LENGTH("InstanceByteLength"),
    NAME_OFFSET("NameOffset"),
    NAME_LENGTH("NameLength"),
    BLOCK_BYTE_LENGTH("BlockByteLength");

    private final String key;

    Field(String key) {
      this.key = key;
    }
  }

  private final IniFile file;

  PerformanceProvider(IniFile file) {
    this.file = file;
  }

  void clear() {
    file.clear();
  }

  /** Sets a counter by its English display name. */
  public void set(String instance, String counter, long value) {
    file.set(instance, counter, Long.toString(value));
  }

  /** The instances in the provider's order, without {@code _Total} unless it is named. */
  public void instances(List<String> names) {
    file.set(PROVIDER, "Instances", String.join(",", names));
  }

  /** Makes every query fail inside the provider; 0 ends that. */
  public void fail(int win32Code) {
    file.set(PROVIDER, "Fail", Integer.toString(win32Code));
  }

  public void delay(Duration delay) {
    file.set(PROVIDER, "DelayMs", Long.toString(delay.toMillis()));
  }

  /** Whether queries hang; false also ends those that hang now. */
  public void hang(boolean hang) {
    file.set(PROVIDER, "Hang", hang ? "1" : "0");
  }

  /** Adds bytes (up to 3,000,000) behind the last instance, to outgrow the reader's buffer. */
  public void pad(int bytes) {
    file.set(PROVIDER, "PadBytes", Integer.toString(bytes));
  }

  /** 8 as 64-bit providers do, or 4 as 32-bit ones. */
  public void alignment(int bytes) {
    file.set(PROVIDER, "Alignment", Integer.toString(bytes));
  }

  /** Makes one field lie; {@code value} is taken as unsigned. */
  public void corrupt(Field field, int value) {
    file.set(PROVIDER, "CorruptValue", Integer.toUnsignedString(value));
    file.set(PROVIDER, "Corrupt", field.key);
  }
}

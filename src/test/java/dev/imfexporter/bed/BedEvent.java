package dev.imfexporter.bed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * An event that a test writes into a log.
 *
 * @param id with severity and facility in its upper half, as an installed provider would; they may
 *     be left out
 * @param type 1 error, 2 warning, 4 information
 * @param fromNow when it happened, in whole seconds
 * @param dataHex its binary data, in hexadecimal
 */
public record BedEvent(
    String provider,
    int id,
    int type,
    int category,
    Duration fromNow,
    List<String> strings,
    String dataHex) {

  public BedEvent {
    strings = List.copyOf(strings);
  }

  public static BedEvent information(String provider, int id) {
    return new BedEvent(provider, id, 4, 0, Duration.ZERO, List.of(), "");
  }

  public static BedEvent error(String provider, int id) {
    return new BedEvent(provider, id, 1, 0, Duration.ZERO, List.of(), "");
  }

  public BedEvent strings(String... all) {
    return new BedEvent(provider, id, type, category, fromNow, List.of(all), dataHex);
  }

  public BedEvent before(Duration ago) {
    return new BedEvent(provider, id, type, category, ago.negated(), strings, dataHex);
  }

  public BedEvent after(Duration ahead) {
    return new BedEvent(provider, id, type, category, ahead, strings, dataHex);
  }

  public BedEvent data(byte[] data) {
    return new BedEvent(
        provider, id, type, category, fromNow, strings, HexFormat.of().formatHex(data));
  }

  /** UTF-16 with a NUL behind it, as the SCM of newer Windows adds the name of a service. */
  public BedEvent dataText(String text) {
    return data((text + '\0').getBytes(StandardCharsets.UTF_16LE));
  }
}

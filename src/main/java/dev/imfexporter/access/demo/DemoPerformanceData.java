package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

final class DemoPerformanceData implements PerformanceData {
  private static final Pattern INDEXES = Pattern.compile("\\d+( +\\d+)*");

  /** The names, among them some that every Windows has; at 1 stands the highest index. */
  private static final SortedMap<Integer, String> NAMES = new TreeMap<>(SmtpCounters.names());

  static {
    NAMES.putAll(FilterCounters.names());
    NAMES.put(2, "System");
    NAMES.put(4, "Memory");
    NAMES.put(6, "% Processor Time");
    NAMES.put(238, "Processor");
    NAMES.put(1, Integer.toString(NAMES.lastKey() + 1));
  }

  private final DemoHost host;

  DemoPerformanceData(DemoHost host) {
    this.host = host;
  }

  @Override
  public byte[] query(String value) throws AccessException {
    String call = "RegQueryValueEx HKEY_PERFORMANCE_DATA " + value;
    Scene scene = host.scene(call);
    String asked = value.strip();
    if (asked.equalsIgnoreCase("Counter 009")) {
      return titles();
    }
    if (!INDEXES.matcher(asked).matches()) {
      throw new CallFailed(Win32Error.of(call, Win32Error.FILE_NOT_FOUND));
    }
    List<String> indexes = Arrays.asList(asked.split(" +"));
    List<PerformanceObject> objects = new ArrayList<>();
    if (scene.running(DemoService.SMTPSVC)) {
      if (indexes.contains(Integer.toString(SmtpCounters.OBJECT))) {
        objects.add(SmtpCounters.of(scene.mail()));
      }
      if (indexes.contains(Integer.toString(FilterCounters.OBJECT))) {
        FilterCounters.of(scene.mail()).ifPresent(objects::add);
      }
    }
    PerformanceBlock block = new PerformanceBlock(objects);
    return PerformanceBlockWriter.write(block, DemoHost.COMPUTER);
  }

  private static byte[] titles() {
    return NAMES.entrySet().stream()
        .map(name -> name.getKey() + "\0" + name.getValue() + "\0")
        .collect(Collectors.joining("", "", "\0"))
        .getBytes(StandardCharsets.UTF_16LE);
  }
}

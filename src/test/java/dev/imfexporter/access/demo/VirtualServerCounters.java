package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.Counter;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The performance data of a host with these virtual servers, each with the counters that the demo
 * has at one moment. Other objects are left out.
 */
public final class VirtualServerCounters implements PerformanceData {
  private final PerformanceData demo =
      DemoHost.play(InstantSource.system(), Duration.ZERO).performanceData();
  private final byte[] smtp;

  /**
   * @param names without {@code _Total}
   */
  public VirtualServerCounters(List<String> names) throws AccessException {
    String query = Integer.toString(SmtpCounters.OBJECT);
    List<Counter> counters =
        PerformanceBlock.parse(demo.query(query)).objects().get(0).instances().get(0).counters();
    List<Instance> instances = new ArrayList<>(List.of(new Instance("_Total", counters)));
    names.forEach(name -> instances.add(new Instance(name, counters)));
    smtp =
        PerformanceBlockWriter.write(
            new PerformanceBlock(List.of(new PerformanceObject(SmtpCounters.OBJECT, instances))),
            DemoHost.COMPUTER);
  }

  @Override
  public byte[] query(String value) throws AccessException {
    return value.strip().equalsIgnoreCase("Counter 009") ? demo.query(value) : smtp.clone();
  }
}

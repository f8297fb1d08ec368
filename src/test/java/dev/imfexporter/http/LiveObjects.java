package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this JVM keeps, after a full collection.
 *
 * @param own how many there are of each class of this program
 * @param bytes of all objects
 */
record LiveObjects(Map<String, Long> own, long bytes) {
  private static final Pattern OWN =
      Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(dev\\.imfexporter\\S+)", Pattern.MULTILINE);
  private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);

  static LiveObjects now() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> own = new TreeMap<>();
    Matcher line = OWN.matcher(histogram);
    while (line.find()) {
      own.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
    }
    Matcher total = TOTAL.matcher(histogram);
    assertThat(total.find()).as(histogram).isTrue();
    return new LiveObjects(own, Long.parseLong(total.group(1)));
  }
}

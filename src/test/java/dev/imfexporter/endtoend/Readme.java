package dev.imfexporter.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What README tells to copy. */
final class Readme {
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  /** The YAML of the section "Watch many hosts": the exporter's configuration, Prometheus's. */
  static List<String> manyHosts() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("## Watch many hosts");
    String section = readme.substring(begin, readme.indexOf("\n## ", begin));
    return YAML.matcher(section).results().map(found -> found.group(1)).toList();
  }
}

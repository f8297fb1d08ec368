package dev.imfexporter.bed;

import dev.imfexporter.access.ServiceState;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A status that a stand-in service reported to the SCM, stamped right before the call.
 *
 * @param at with milliseconds
 */
public record LoggedStatus(
    Instant at,
    String service,
    ServiceState state,
    int exitCode,
    int specificExitCode,
    int checkpoint,
    int processId) {

  private static final Pattern LINE =
      Pattern.compile(
          "(\\d+) (\\S+) ([A-Z_]+) exit=(\\d+) specific=(\\d+) checkpoint=(\\d+) pid=(\\d+)");

  static LoggedStatus parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("services.log has a line of another form: " + line);
    }
    return new LoggedStatus(
        Instant.ofEpochMilli(Long.parseLong(matcher.group(1))),
        matcher.group(2),
        ServiceState.valueOf(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        Integer.parseInt(matcher.group(5)),
        Integer.parseInt(matcher.group(6)),
        Integer.parseInt(matcher.group(7)));
  }
}

package dev.imfexporter.watch;

import dev.imfexporter.watch.fact.Fact;
import java.util.List;

/**
 * What an observation brought about: the output of {@link HostState#step}.
 *
 * @param facts to keep in the journal, in this order
 * @param changed whether a service has another state, so that the definition, the event logs and
 *     what SMTP answers should be read now: an update restarts services while it brings its files
 * @param readEvents whether the event logs have more to read at once
 * @param readStartModes whether an event reports another start mode of a service, which a poll may
 *     not have seen yet
 * @param updateBegun whether an installer began an update: it may replace a DLL that this program
 *     has loaded
 * @param unreliable services whose notifications should not be relied on: the host did not send one
 *     of a change
 */
public record Step(
    List<Fact> facts,
    boolean changed,
    boolean readEvents,
    boolean readStartModes,
    boolean updateBegun,
    List<String> unreliable) {
  public Step {
    facts = List.copyOf(facts);
    unreliable = List.copyOf(unreliable);
  }
}

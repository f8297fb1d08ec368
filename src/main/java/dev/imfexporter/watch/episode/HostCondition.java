package dev.imfexporter.watch.episode;

import dev.imfexporter.watch.model.MailFlow;
import java.util.Set;

/**
 * The present condition of a host, as far as episodes depend on it.
 *
 * @param readable whether its services could be read; the other components count only then
 * @param out the services whose standing is down
 */
public record HostCondition(boolean readable, Set<String> out, MailFlow.State mail) {
  public static final HostCondition UNREADABLE =
      new HostCondition(false, Set.of(), MailFlow.State.UNKNOWN);

  public HostCondition {
    out = Set.copyOf(out);
  }
}

package dev.imfexporter.watch;

import java.util.Set;

/**
 * How a host is at present, as far as episodes ask.
 *
 * @param readable whether its services could be read; the rest counts only then
 * @param out services that ran before and do not run now, for whatever reason
 */
record HostCondition(boolean readable, Set<String> out, MailFlow.State mail) {
  static final HostCondition UNREADABLE =
      new HostCondition(false, Set.of(), MailFlow.State.UNKNOWN);

  HostCondition {
    out = Set.copyOf(out);
  }
}

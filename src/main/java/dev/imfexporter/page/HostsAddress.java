package dev.imfexporter.page;

import dev.imfexporter.overview.HostQuery;
import dev.imfexporter.overview.Rollout;
import dev.imfexporter.watch.model.HostSnapshot;
import java.util.ArrayList;
import java.util.List;

/** The addresses of hosts, of updates, and of what a query finds on the page of all hosts. */
public final class HostsAddress {
  public static final String STATE = "state";
  public static final String NAME = "name";
  public static final String PAGE = "page";
  public static final String ROWS = "rows";

  private HostsAddress() {}

  static String of(HostSnapshot host) {
    return ofHost(host.name());
  }

  /** The page of a host. */
  public static String ofHost(String name) {
    return "/hosts/" + PageParts.encoded(name);
  }

  static String of(Rollout rollout) {
    return "/updates/" + PageParts.encoded(rollout.name().id());
  }

  /** Parameters that have their default are left out. */
  static String of(HostQuery query) {
    List<String> parameters = new ArrayList<>();
    query.state().ifPresent(state -> parameters.add(STATE + "=" + state.word()));
    if (!query.name().isEmpty()) {
      parameters.add(NAME + "=" + PageParts.encoded(query.name()));
    }
    if (query.rows() != HostQuery.DEFAULT_ROWS) {
      parameters.add(ROWS + "=" + query.rows());
    }
    if (query.page() != 1) {
      parameters.add(PAGE + "=" + query.page());
    }
    return parameters.isEmpty() ? "/" : "/?" + String.join("&", parameters);
  }
}

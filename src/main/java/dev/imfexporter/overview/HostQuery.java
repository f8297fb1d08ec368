package dev.imfexporter.overview;

import java.util.Optional;

/**
 * Which hosts are asked for.
 *
 * @param state empty for any
 * @param name a part of the names, in any case; "" for any
 * @param page from 1
 * @param rows on a page
 */
public record HostQuery(Optional<HostState> state, String name, int page, int rows) {
  public static final int DEFAULT_ROWS = 50;
  public static final int MOST_ROWS = 1_000;

  /** The first page of all hosts. */
  public static final HostQuery ALL = new HostQuery(Optional.empty(), "", 1, DEFAULT_ROWS);

  public HostQuery onPage(int number) {
    return new HostQuery(state, name, number, rows);
  }

  /** The first page of the hosts in that state. */
  public HostQuery in(Optional<HostState> other) {
    return new HostQuery(other, name, 1, rows);
  }
}

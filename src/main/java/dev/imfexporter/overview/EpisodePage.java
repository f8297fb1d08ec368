package dev.imfexporter.overview;

import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.UpdateChanges;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Episodes of all hosts.
 *
 * @param episodes the newest first
 * @param found how many there are on all pages
 * @param page from 1
 * @param pages at least 1
 */
public record EpisodePage(List<Of> episodes, int found, int page, int pages) {
  public EpisodePage {
    episodes = List.copyOf(episodes);
  }

  /**
   * An episode of a host.
   *
   * @param changes what was different after it; empty if it was not compared
   */
  public record Of(String host, Episode episode, Optional<UpdateChanges> changes) {}

  /**
   * Which episodes are asked for.
   *
   * @param host empty for all
   * @param update the id of the update, see {@link UpdateName}, or the article of a release of the
   *     definition; empty for all
   * @param page from 1
   */
  public record Query(Optional<String> host, Optional<String> update, int page, int rows) {

    private boolean asksFor(Episode episode, Set<UpdateName> names) {
      return update.isEmpty() || names.stream().anyMatch(name -> isNamed(episode, name));
    }

    private boolean isNamed(Episode episode, UpdateName name) {
      return Stream.concat(Stream.of(name.id()), name.articles(episode).stream())
          .anyMatch(update.orElse("")::equalsIgnoreCase);
    }

    private boolean asksFor(HostSnapshot snapshot) {
      return host.map(snapshot.name()::equalsIgnoreCase).orElse(true);
    }
  }

  public static EpisodePage of(List<HostSnapshot> hosts, Query query) {
    Releases releases = Releases.of(hosts);
    List<Of> found =
        hosts.stream()
            .filter(query::asksFor)
            .flatMap(
                host ->
                    episodes(host)
                        .filter(
                            of ->
                                query.asksFor(
                                    of.episode(), releases.names(host, of.episode()).keySet())))
            .sorted(Comparator.comparing((Of of) -> of.episode().began()).reversed())
            .toList();
    int from = (int) Math.min(found.size(), (query.page() - 1L) * query.rows());
    int to = Math.min(found.size(), from + query.rows());
    int pages = Math.max(1, (found.size() + query.rows() - 1) / query.rows());
    return new EpisodePage(found.subList(from, to), found.size(), query.page(), pages);
  }

  private static Stream<Of> episodes(HostSnapshot host) {
    EpisodeHistory episodes = host.history().episodes();
    return episodes.all().stream()
        .map(episode -> new Of(host.name(), episode, episodes.changes(episode)));
  }
}

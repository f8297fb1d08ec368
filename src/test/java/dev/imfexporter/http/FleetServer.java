package dev.imfexporter.http;

import dev.imfexporter.exposition.Build;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.exposition.SelfMetrics;
import dev.imfexporter.page.FleetSnapshots;
import dev.imfexporter.page.Snapshots;
import dev.imfexporter.watch.clock.Moment;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.websecurity.CurrentWebSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves the pages of fleets that stay as they are, each on a free port of this machine, until it
 * is ended. It prints a line {@code FLEET ADDRESS} for each. Started by {@code src/test/browser}.
 */
public final class FleetServer {
  private static final String BAD = "KB5031362";

  private FleetServer() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, List<HostSnapshot>> fleets = new LinkedHashMap<>();
    fleets.put("each-state", FleetSnapshots.oneOfEach());
    fleets.put("three-of-forty", FleetSnapshots.threeInTrouble(40, BAD));
    fleets.put("bad-update", FleetSnapshots.badUpdate(200, BAD));
    fleets.put("good-update", FleetSnapshots.goodUpdate(200, "KB5029924"));
    Exposition metrics = new Exposition(SelfMetrics.start(Build.of("1.2.3")));
    for (Map.Entry<String, List<HostSnapshot>> fleet : fleets.entrySet()) {
      List<HostSnapshot> hosts = fleet.getValue();
      FakeWatched watched = new FakeWatched(new KnownHost(hosts.get(0)));
      hosts.stream().skip(1).map(KnownHost::new).forEach(watched::add);
      Server server =
          Server.start(
              WebSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
              CurrentWebSecurity.none(),
              watched,
              metrics,
              (route, method, status, nanoseconds) -> {},
              () -> new Moment(Snapshots.NOW, Duration.ZERO),
              "1.2.3");
      System.out.printf("%s http://127.0.0.1:%d%n", fleet.getKey(), server.port());
    }
  }
}

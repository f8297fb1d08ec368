package dev.imfexporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.config.Config;
import dev.imfexporter.http.Watched.Target;
import dev.imfexporter.watch.clock.TimeSource;
import dev.imfexporter.watch.model.ObservedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private static final String MODULE = "modules: { m: { retention_count: 20 } }\n";

  @TempDir private Path folder;
  private Path configFile;
  private Storage storage;
  private Fleet fleet;

  @BeforeEach
  void start() throws Exception {
    configFile = folder.resolve("imf.yml");
    configure("hosts: { a: { access: demo }, b: { access: demo, module: m } }");
    Config config = Fleet.configuration(configFile);
    TimeSource time = TimeSource.system();
    storage = Storage.open(folder.resolve("history"), configFile, config, time);
    fleet = Fleet.start(configFile, config, storage, run -> {}, time);
  }

  @AfterEach
  void close() {
    fleet.close();
    storage.close();
  }

  @Test
  void hostsAreFoundByNameAndForPrometheus() {
    assertThat(fleet.hosts()).extracting(ObservedHost::name).containsExactly("a", "b");
    assertThat(fleet.host("b")).isPresent();
    assertThat(fleet.host("B")).isEqualTo(fleet.host("b"));
    assertThat(fleet.host("c")).isEmpty();
    assertThat(fleet.here()).isEmpty();
    assertThat(fleet.targets())
        .containsExactly(
            new Target("a", Map.of("access", "demo")),
            new Target("b", Map.of("access", "demo", "module", "m")));
    assertThat(fleet.host("a").orElseThrow().scrape(Duration.ofSeconds(20)).join().up()).isTrue();
  }

  @Test
  void aReloadLeavesHostsAloneThatDidNotChange() throws IOException {
    ObservedHost a = fleet.host("a").orElseThrow();
    ObservedHost b = fleet.host("b").orElseThrow();
    configure("hosts: { c: { access: demo }, b: { access: demo }, a: { access: demo } }");

    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.hosts()).extracting(ObservedHost::name).containsExactly("c", "b", "a");
    assertThat(fleet.host("a")).containsSame(a);
    assertThat(fleet.host("b").orElseThrow()).isNotSameAs(b);
    assertThat(fleet.host("b").orElseThrow().scrape(Duration.ofSeconds(20)).join().up()).isTrue();

    configure("hosts: { a: { access: demo } }");
    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.here()).containsSame(a);
    assertThat(fleet.targets()).isEmpty();
    assertThat(fleet.host("c")).isEmpty();
  }

  /** Both names have one journal, so the first host has to be closed before the second opens. */
  @Test
  void aNameThatChangesItsCaseIsTheSameHost() throws IOException {
    ObservedHost a = fleet.host("a").orElseThrow();
    assertThat(a.scrape(Duration.ofSeconds(20)).join().up()).isTrue();
    assertThat(fleet.recovered()).isZero();
    configure("hosts: { A: { access: demo }, b: { access: demo, module: m } }");

    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.hosts()).extracting(ObservedHost::name).containsExactly("A", "b");
    assertThat(fleet.host("a").orElseThrow()).isNotSameAs(a);
    assertThat(fleet.host("a").orElseThrow().scrape(Duration.ofSeconds(20)).join().up()).isTrue();
    assertThat(fleet.recovered()).isPositive();
    assertThat(folder.resolve("history")).isDirectoryContaining("glob:**/host-a.jsonl");
    assertThat(folder.resolve("history")).isDirectoryNotContaining("glob:**/*~*");
  }

  @Test
  void whatIsWrongChangesNothing() throws IOException {
    ObservedHost a = fleet.host("a").orElseThrow();
    String before = fleet.configuration();
    configure("hosts: { a: { access: demo }, c: { access: nowhere } }");
    assertThat(fleet.reload())
        .containsExactly(
            configFile
                + ":2: hosts.c.access: expected local, win32, smb or demo, found \"nowhere\"");
    assertThat(fleet.host("a")).containsSame(a);
    assertThat(fleet.configuration()).isEqualTo(before);

    configure("hosts: { a: { access: demo }, b: { access: demo, module: m } }");
    assertThat(fleet.reload()).isEmpty();
    assertThat(fleet.host("a")).containsSame(a);
  }

  private void configure(String hosts) throws IOException {
    Files.writeString(configFile, MODULE + hosts + "\n");
  }
}

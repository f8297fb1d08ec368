package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.format.PerformanceBlock;
import dev.imfexporter.access.format.PerformanceBlock.Instance;
import dev.imfexporter.access.format.PerformanceBlock.PerformanceObject;
import dev.imfexporter.access.format.TitleTable;
import dev.imfexporter.bed.Win32Function;
import dev.imfexporter.bed.WindowsBed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class Win32PerformanceDataTest {
  private static final String TITLES = "Counter 009";

  private final WindowsBed bed = WindowsBed.open();
  private final WindowsHost host = WindowsHost.local();
  private final PerformanceData data = host.performanceData();

  @BeforeEach
  void reset() {
    bed.reset();
  }

  @AfterEach
  void leaveNothing() {
    bed.reset();
    host.close();
  }

  private TitleTable titles() throws Exception {
    return TitleTable.parse(data.query(TITLES));
  }

  private String smtpServer() throws Exception {
    return Integer.toString(titles().index("SMTP Server").orElseThrow());
  }

  /** A query on another thread, which may hang. */
  private CompletableFuture<byte[]> ask(String index) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.complete(data.query(index));
              } catch (AccessException e) {
                answer.completeExceptionally(e);
              }
            });
    asking.setDaemon(true);
    asking.start();
    return answer;
  }

  private static List<PerformanceObject> objects(byte[] bytes) throws Exception {
    return PerformanceBlock.parse(bytes).objects();
  }

  @Test
  void theEnglishNamesLeadToTheQueue() throws Exception {
    bed.performance().set("SMTP 1", "Local Queue Length", 7);
    int counter = titles().index("Local Queue Length").orElseThrow();

    List<PerformanceObject> objects = objects(data.query(smtpServer()));

    assertThat(objects).hasSize(1);
    Instance server =
        objects.get(0).instances().stream()
            .filter(instance -> instance.name().equals("SMTP 1"))
            .findFirst()
            .orElseThrow();
    assertThat(server.counters())
        .filteredOn(each -> each.nameIndex() == counter)
        .singleElement()
        .satisfies(each -> assertThat(each.value()).isEqualTo(7));
  }

  @Test
  void theBufferGrows() throws Exception {
    String index = smtpServer();
    bed.performance().pad(2_000_000);
    int handles = OpenHandles.ofRegistryAndServices();

    byte[] bytes = data.query(index);

    assertThat(bytes).hasSizeGreaterThan(2_000_000);
    assertThat(objects(bytes)).hasSize(1);
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(handles);
  }

  @Test
  void butNotForEver() throws Exception {
    String index = smtpServer();
    bed.fault(Win32Function.REG_QUERY_VALUE_EX, index, 234);

    assertThatThrownBy(() -> data.query(index))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessage("The performance data of \"" + index + "\" is larger than 16777216 bytes");
  }

  @Test
  void aProviderThatFailsLeavesItsObjectOut() throws Exception {
    String index = smtpServer();
    bed.performance().fail(5);

    assertThat(objects(data.query(index))).isEmpty();
  }

  @Test
  void anObjectThatNoProviderHas() throws Exception {
    assertThat(objects(data.query("999998"))).isEmpty();
  }

  @Test
  void refusedNamesTheRight() throws Exception {
    String index = smtpServer();
    bed.fault(Win32Function.REG_QUERY_VALUE_EX, index, 5);

    assertThatThrownBy(() -> data.query(index))
        .isInstanceOf(AccessException.CallFailed.class)
        .hasMessageContaining("HKEY_PERFORMANCE_DATA")
        .hasMessageEndingWith(
            "The account needs membership in the group Performance Monitor Users");
  }

  @Test
  void aHangingProviderHoldsOnlyTheThreadThatAsked() throws Exception {
    String index = smtpServer();
    bed.performance().hang(true);
    CompletableFuture<byte[]> answer = ask(index);

    assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(host.services().status("SMTPSVC")).isPresent();

    bed.performance().hang(false);
    assertThat(objects(answer.get(20, TimeUnit.SECONDS))).hasSize(1);
  }

  @Test
  void queryBehindOneThatHangsFailsWithASentence() throws Exception {
    String index = smtpServer();
    bed.performance().hang(true);
    CompletableFuture<byte[]> first = ask(index);
    assertThatThrownBy(() -> first.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    // Another host's object in the same process: the providers are the process's.
    try (WindowsHost second = WindowsHost.local()) {
      assertThatThrownBy(() -> second.performanceData().query(index))
          .isInstanceOf(AccessException.CallFailed.class)
          .hasMessageEndingWith(
              "An earlier query has not returned within 10 s: a provider of performance data hangs");
    }

    bed.performance().hang(false);
    assertThat(objects(first.get(20, TimeUnit.SECONDS))).hasSize(1);
    assertThat(objects(data.query(index))).hasSize(1);
  }

  @Test
  void queryAfterAReleaseFindsTheSame() throws Exception {
    String index = smtpServer();
    for (int i = 0; i < 3; i++) {
      assertThat(objects(data.query(index))).hasSize(1);
      data.release();
    }
  }

  @Test
  void releaseDoesNotWaitForAHangingProvider() throws Exception {
    String index = smtpServer();
    bed.performance().hang(true);
    CompletableFuture<byte[]> answer = ask(index);
    assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    data.release();
    assertThat(answer).isNotDone();

    bed.performance().hang(false);
    assertThat(objects(answer.get(20, TimeUnit.SECONDS))).hasSize(1);
    assertThat(objects(data.query(index))).hasSize(1);
  }

  @Test
  void anotherMachine() throws Exception {
    try (WindowsHost other = WindowsHost.remote("localhost")) {
      int before = OpenHandles.ofRegistryAndServices();
      TitleTable titles = TitleTable.parse(other.performanceData().query(TITLES));
      int index = titles.index("SMTP Server").orElseThrow();

      assertThat(objects(other.performanceData().query(Integer.toString(index)))).hasSize(1);
      assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(before);
    }
  }

  @Test
  void manyQueriesLeaveNoHandle() throws Exception {
    String index = smtpServer();
    data.query(index);
    int handles = OpenHandles.ofRegistryAndServices();
    long begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      data.query(index);
    }
    System.out.printf("performance data: %.1f ms%n", (System.nanoTime() - begin) / 100e6);

    // The kernel's count would grow: Wine leaves a key open for every provider that it asks.
    assertThat(OpenHandles.ofRegistryAndServices()).isEqualTo(handles);
  }
}

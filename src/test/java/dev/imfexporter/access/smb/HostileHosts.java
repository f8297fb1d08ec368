package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.smb.rpc.EndlessPipe;
import dev.imfexporter.access.smb.rpc.RegistryClient;
import dev.imfexporter.access.smb.rpc.RpcTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program for {@link SmallHeapTest}: hosts that send as much as they can, all at the same time.
 * Prints a line for each, and {@code alive}.
 */
final class HostileHosts {
  private static final int HOSTS = 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final byte[] PIECE = new byte[64 * 1024];

  private HostileHosts() {}

  @SuppressWarnings("SystemOut") // the result
  public static void main(String[] args) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2 * HOSTS);
    CountDownLatch sending = new CountDownLatch(HOSTS);
    List<Callable<String>> hosts = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      hosts.add(HostileHosts::announced);
      hosts.add(() -> endless(sending));
    }
    for (Future<String> told : threads.invokeAll(hosts)) {
      System.out.println(told.get());
    }
    System.out.println("alive");
    threads.shutdownNow();
  }

  /** Announces the longest message that SMB over TCP has, and sends it. */
  private static String announced() throws Exception {
    ScriptedServer.Script script =
        wire -> {
          wire.receive();
          wire.announce(0xffffff);
          while (true) {
            wire.out().write(PIECE);
          }
        };
    try (ScriptedServer server = new ScriptedServer(script);
        SmbHost host =
            new SmbHost(
                new SmbHostConfig(
                    "127.0.0.1",
                    server.port(),
                    () -> new Login("", "monitor", "secret".toCharArray()),
                    new LoginGate(false, System::nanoTime),
                    SmbProtocol.SMB2,
                    TIMEOUT),
                System::nanoTime)) {
      host.services().status("SMTPSVC");
      return "answered";
    } catch (AccessException e) {
      return "announced: " + e.reason() + " " + e.getMessage();
    }
  }

  /** Sends fragments of an answer without end, most of them while all others do. */
  private static String endless(CountDownLatch sending) {
    EndlessPipe pipe =
        new EndlessPipe(
            sent -> {
              if (sent == 600_000) {
                sending.countDown();
                sending.await();
              }
            });
    try (RegistryClient client =
        RegistryClient.performanceData(new RpcTransport(name -> pipe, TIMEOUT, System::nanoTime))) {
      client.performance("Global");
      return "answered";
    } catch (Exception e) {
      return "endless: " + e.getMessage();
    }
  }
}

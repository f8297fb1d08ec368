package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The Server Service Remote Protocol (MS-SRVS): the clock of the host. For one thread at a time;
 * after an IOException it is of no more use.
 */
public final class ServerClient implements AutoCloseable {
  private static final int REMOTE_TOD = 28; // 3.1.4.21

  private final RpcClient rpc;

  private ServerClient(RpcClient rpc) {
    this.rpc = rpc;
  }

  /**
   * The fields of TIME_OF_DAY_INFO (2.2.4.105) that matter, all of them unsigned.
   *
   * @param elapsed seconds since 1970 in UTC
   * @param millis since the machine's start, modulo 2^32
   * @param hundredths of the second under way
   */
  public record TimeOfDay(int elapsed, int millis, int hundredths) {}

  public static ServerClient open(PipeOpener pipes, Duration timeout, LongSupplier nanoTime)
      throws IOException {
    return new ServerClient(
        RpcClient.bind(
            pipes.open(RpcInterface.SRVSVC.pipe()),
            RpcInterface.SRVSVC,
            Protection.NONE,
            timeout,
            nanoTime));
  }

  public TimeOfDay timeOfDay() throws IOException, AccessException {
    NdrReader answer = rpc.call(REMOTE_TOD, new NdrWriter().nothing());
    if (!answer.pointer()) {
      int code = answer.u32();
      throw Codes.failed("NetRemoteTOD", code, "the right to access the machine from the network");
    }
    int elapsed = answer.u32();
    int millis = answer.u32();
    answer.u32();
    answer.u32();
    answer.u32();
    int hundredths = answer.u32();
    return new TimeOfDay(elapsed, millis, hundredths);
  }

  @Override
  public void close() {
    rpc.close();
  }
}

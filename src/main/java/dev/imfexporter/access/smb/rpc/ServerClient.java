package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.TimeOfDay;
import java.io.IOException;

/**
 * A client of the Server Service Remote Protocol (MS-SRVS), for the clock of the host. For one
 * thread at a time; not usable after an IOException.
 */
public final class ServerClient implements AutoCloseable {
  private static final int REMOTE_TOD = 28; // 3.1.4.21

  private final RpcClient rpc;

  private ServerClient(RpcClient rpc) {
    this.rpc = rpc;
  }

  public static ServerClient open(RpcTransport transport) throws IOException, AccessException {
    return RpcClient.open(transport, RpcInterface.SRVSVC, Protection.NONE, ServerClient::new);
  }

  public TimeOfDay timeOfDay() throws IOException, AccessException {
    NdrReader answer = rpc.call(REMOTE_TOD, new NdrWriter().nullPointer());
    if (!answer.pointer()) {
      int code = answer.u32();
      throw CallFailed.needing(
          "the right to access the machine from the network", Win32Error.of("NetRemoteTOD", code));
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

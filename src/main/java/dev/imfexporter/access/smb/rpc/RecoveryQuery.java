package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.FailureActions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Asks for the recovery actions of an open service by RQueryServiceConfig2W (MS-SCMR 3.1.4.37). */
final class RecoveryQuery {
  private static final System.Logger LOG = System.getLogger(RecoveryQuery.class.getName());

  private static final int FAILURE_ACTIONS = 2;
  private static final int FAILURE_ACTIONS_FLAG = 4;

  /** Enough for three actions and a command; the host says when it needs more. */
  private static final int FIRST = 512;

  private RecoveryQuery() {}

  /** Empty if the host does not tell them: the rest of the configuration is of use alone. */
  static Optional<RecoveryActions> ask(RpcClient rpc, byte[] service) throws IOException {
    try {
      byte[] actions = ask(rpc, service, FAILURE_ACTIONS, FIRST);
      if (actions.length == 0) {
        return Optional.empty();
      }
      byte[] flag = ask(rpc, service, FAILURE_ACTIONS_FLAG, Integer.BYTES);
      // Windows before Vista does not know that level.
      return Optional.of(
          FailureActions.decode(actions)
              .with(
                  flag.length < Integer.BYTES
                      ? Optional.empty()
                      : Optional.of(ByteBuffer.wrap(flag).getInt() != 0)));
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The recovery actions of a service cannot be understood", e);
      return Optional.empty();
    }
  }

  /** What the host has of that level; nothing if it refuses. */
  private static byte[] ask(RpcClient rpc, byte[] service, int level, int first)
      throws IOException, AccessException {
    int size = first;
    while (true) {
      NdrReader answer =
          rpc.call(
              ServiceManagerClient.QUERY_SERVICE_CONFIG_2,
              new NdrWriter().handle(service).u32(level).u32(size));
      byte[] bytes = answer.conformantBytes();
      int needed = answer.u32();
      int code = answer.u32();
      if (code != Win32Error.INSUFFICIENT_BUFFER
          || needed <= size
          || needed > ServiceManagerClient.MAX_CONFIG) {
        return code == Win32Error.SUCCESS ? bytes : new byte[0];
      }
      size = needed;
    }
  }
}

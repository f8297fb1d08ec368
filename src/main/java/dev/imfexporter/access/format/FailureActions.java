package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recovery actions as the SCM sends them: SERVICE_FAILURE_ACTIONS_WOW64 (MS-SCMR 2.2.37), which has
 * the offsets of its texts and of its actions, each an SC_ACTION of two 32-bit fields (2.2.19).
 */
public final class FailureActions {
  private static final int ACTION_BYTES = 8;

  private FailureActions() {}

  /** Decodes them, without whether a stop with an error is a failure too. */
  public static RecoveryActions decode(byte[] sent) throws Malformed {
    Bytes bytes = Bytes.of("SERVICE_FAILURE_ACTIONS_WOW64", sent, ByteOrder.LITTLE_ENDIAN);
    int count = bytes.length("cActions", 12, 0, bytes.length() / ACTION_BYTES);
    List<Action> actions = new ArrayList<>();
    if (count > 0) {
      int at = bytes.length("dwsaActionsOffset", 16, 0, bytes.length());
      for (int i = 0; i < count; i++) {
        actions.add(
            new Action(
                ActionType.of(bytes.signed("Type", at + i * ACTION_BYTES)),
                bytes.unsigned("Delay", at + i * ACTION_BYTES + Integer.BYTES)));
      }
    }
    return new RecoveryActions(
        bytes.unsigned("dwResetPeriod", 0),
        actions,
        text(bytes, "dwCommandOffset", 8),
        text(bytes, "dwRebootMsgOffset", 4),
        Optional.empty());
  }

  private static String text(Bytes bytes, String field, int offset) throws Malformed {
    int at = bytes.length(field, offset, 0, bytes.length());
    return at == 0 ? "" : bytes.terminated(field, at, bytes.length());
  }
}

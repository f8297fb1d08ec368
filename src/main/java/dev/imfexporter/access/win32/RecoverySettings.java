package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the recovery actions of an open service by QueryServiceConfig2. */
final class RecoverySettings {
  private static final System.Logger LOG = System.getLogger(RecoverySettings.class.getName());

  /** The longest answer (page of QueryServiceConfig2). */
  private static final int MAX_BYTES = 8 * 1024;

  private static final int ACTION_BYTES = 8;
  private static final int MAX_ACTIONS = MAX_BYTES / ACTION_BYTES;

  private RecoverySettings() {}

  /** Empty if this Windows does not tell them: the rest of the configuration is of use alone. */
  static Optional<RecoveryActions> of(String service, ServiceHandle handle) {
    try (Memory buffer = new Memory(MAX_BYTES)) {
      if (!query(handle, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS, buffer)) {
        LOG.log(
            Level.DEBUG,
            "QueryServiceConfig2 {0} tells no recovery actions: error {1}",
            service,
            Native.getLastError());
        return Optional.empty();
      }
      RecoveryActions read = decode(buffer);
      return Optional.of(read.with(afterErrors(handle)));
    } catch (AccessException e) {
      LOG.log(Level.DEBUG, "The recovery actions of " + service + " cannot be understood", e);
      return Optional.empty();
    }
  }

  /** SERVICE_FAILURE_ACTIONS: each field begins where a pointer may. */
  private static RecoveryActions decode(Memory buffer) throws AccessException {
    int step = Native.POINTER_SIZE;
    int count = buffer.getInt(3L * step);
    Pointer first = buffer.getPointer(4L * step);
    if (count < 0 || count > MAX_ACTIONS) {
      throw new AccessException.Malformed("The SCM reported " + count + " recovery actions");
    }
    List<Action> actions = new ArrayList<>();
    for (int i = 0; first != null && i < count; i++) {
      actions.add(
          new Action(
              ActionType.of(first.getInt((long) i * ACTION_BYTES)),
              Integer.toUnsignedLong(first.getInt((long) i * ACTION_BYTES + Integer.BYTES))));
    }
    return new RecoveryActions(
        Integer.toUnsignedLong(buffer.getInt(0)),
        actions,
        text(buffer.getPointer(2L * step)),
        text(buffer.getPointer(step)),
        Optional.empty());
  }

  private static String text(@Nullable Pointer text) {
    return text == null ? "" : text.getWideString(0);
  }

  /** Empty on Windows before Vista, which does not know the level. */
  private static Optional<Boolean> afterErrors(ServiceHandle handle) {
    try (Memory flag = new Memory(Integer.BYTES)) {
      return query(handle, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, flag)
          ? Optional.of(flag.getInt(0) != 0)
          : Optional.empty();
    }
  }

  private static boolean query(ServiceHandle handle, int level, Memory answer) {
    return ADVAPI32.QueryServiceConfig2(
        handle.handle(), level, answer, (int) answer.size(), new IntByReference());
  }
}

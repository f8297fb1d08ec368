package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.Malformed;
import dev.imfexporter.access.RecoveryActions;
import dev.imfexporter.access.RecoveryActions.Action;
import dev.imfexporter.access.RecoveryActions.ActionType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureActionsTest {
  /** A restart after a minute, then a command, whose line stands behind the actions. */
  private static ByteBuffer sent() {
    byte[] command = "net start SMTPSVC\0".getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(36 + command.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(86_400)
        .putInt(0)
        .putInt(36)
        .putInt(2)
        .putInt(20)
        .putInt(1)
        .putInt(60_000)
        .putInt(3)
        .putInt(-1)
        .put(command);
  }

  @Test
  void textsAndActionsAreFoundByTheirOffsets() throws Malformed {
    assertThat(FailureActions.decode(sent().array()))
        .isEqualTo(
            new RecoveryActions(
                86_400,
                List.of(
                    new Action(ActionType.RESTART, 60_000),
                    new Action(ActionType.RUN_COMMAND, 0xFFFF_FFFFL)),
                "net start SMTPSVC",
                "",
                Optional.empty()));
  }

  @Test
  void aServiceWithoutAnyHasNone() throws Malformed {
    assertThat(FailureActions.decode(new byte[20])).isEqualTo(RecoveryActions.NONE);
  }

  @Test
  void everyFieldThatPointsOutsideIsRefused() {
    for (int field : List.of(4, 8, 12, 16)) {
      byte[] broken = sent().putInt(field, 0x7FFF_FFF0).array();
      assertThatThrownBy(() -> FailureActions.decode(broken))
          .as("field at %d", field)
          .isInstanceOf(Malformed.class)
          .hasMessageContaining("SERVICE_FAILURE_ACTIONS_WOW64");
    }
    byte[] unknown = sent().putInt(20, 4).array();
    assertThatThrownBy(() -> FailureActions.decode(unknown))
        .hasMessage("The SCM reported recovery action 4, want 0 to 3");
  }

  @Test
  void whatIsCutAnywhereIsRefused() {
    byte[] whole = sent().array();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> FailureActions.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(Malformed.class);
    }
  }
}

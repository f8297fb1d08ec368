package dev.imfexporter.access.smb.rpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * An interface and the pipe that serves it.
 *
 * @param pipe its name below {@code \PIPE\}
 * @param title its usual name, for messages
 */
record RpcInterface(String pipe, UUID uuid, int major, int minor, String title) {
  /** MS-SCMR 1.9. */
  static final RpcInterface SVCCTL =
      of("svcctl", "367abb81-9844-35f1-ad32-98f038001003", 2, "Service Control Manager");

  /** MS-RRP 1.9. */
  static final RpcInterface WINREG =
      of("winreg", "338cd001-2244-31f1-aaaa-900038001003", 1, "Remote Registry");

  /** MS-EVEN 1.9. */
  static final RpcInterface EVENTLOG =
      of("eventlog", "82273fdc-e32a-18c3-3f78-827929dc23ea", 0, "event log");

  /** MS-SRVS 1.9. */
  static final RpcInterface SRVSVC =
      of("srvsvc", "4b324fc8-1670-01d3-1278-5a47bf6ee188", 3, "Server service");

  private static RpcInterface of(String pipe, String uuid, int major, String title) {
    return new RpcInterface(pipe, UUID.fromString(uuid), major, 0, title);
  }

  /** A p_syntax_id_t (C706 12.6.3.1): the UUID with its first three fields little-endian. */
  static byte[] syntax(UUID uuid, int major, int minor) {
    ByteBuffer id = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    long high = uuid.getMostSignificantBits();
    id.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    id.order(ByteOrder.BIG_ENDIAN).putLong(uuid.getLeastSignificantBits());
    id.order(ByteOrder.LITTLE_ENDIAN).putShort((short) major).putShort((short) minor);
    return id.array();
  }

  byte[] syntax() {
    return syntax(uuid, major, minor);
  }
}

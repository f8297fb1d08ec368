package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.FileTime;
import dev.imfexporter.access.format.RegistryData;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client of the Windows Remote Registry Protocol (MS-RRP). Its root stays open, since each
 * opening may start the service RemoteRegistry, which writes events on the host. For one thread at
 * a time; not usable after an IOException.
 */
public final class RegistryClient implements AutoCloseable {
  private static final int OPEN_LOCAL_MACHINE = 2; // 3.1.5.3
  private static final int OPEN_PERFORMANCE_DATA = 3; // 3.1.5.4
  private static final int CLOSE_KEY = 5; // 3.1.5.6
  private static final int OPEN_KEY = 15; // 3.1.5.15
  private static final int QUERY_INFO_KEY = 16; // 3.1.5.16
  private static final int QUERY_VALUE = 17; // 3.1.5.17

  private static final int KEY_QUERY_VALUE = 0x1;
  private static final int MAXIMUM_ALLOWED = 0x02000000;
  private static final int KEY_WOW64_64KEY = 0x100;
  private static final int KEY_WOW64_32KEY = 0x200;

  private static final int FIRST_VALUE = 4 * 1024;
  private static final int MAX_VALUE = 1024 * 1024;
  private static final int FIRST_PERFORMANCE = 256 * 1024;

  /** Far above what any set of providers answers: a host with 1,000 processes stays below 2 MiB. */
  private static final int MAX_PERFORMANCE = 4 * 1024 * 1024;

  private final RpcClient rpc;
  private final byte[] root;
  private int performanceRoom = FIRST_PERFORMANCE;

  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  private record Answer(int type, byte[] data, int code) {}

  private RegistryClient(RpcClient rpc, byte[] root) {
    this.rpc = rpc;
    this.root = root;
  }

  /** HKEY_LOCAL_MACHINE. */
  public static RegistryClient localMachine(RpcTransport transport)
      throws IOException, AccessException {
    return open(transport, OPEN_LOCAL_MACHINE);
  }

  /** HKEY_PERFORMANCE_DATA. */
  public static RegistryClient performanceData(RpcTransport transport)
      throws IOException, AccessException {
    return open(transport, OPEN_PERFORMANCE_DATA);
  }

  private static RegistryClient open(RpcTransport transport, int operation)
      throws IOException, AccessException {
    return RpcClient.open(
        transport,
        RpcInterface.WINREG,
        Protection.NONE,
        rpc -> {
          NdrReader answer =
              rpc.call(operation, new NdrWriter().nullPointer().u32(MAXIMUM_ALLOWED));
          byte[] root = answer.handle();
          check(
              answer.u32(),
              "RegConnectRegistry",
              "to be let into the registry from other machines (key SecurePipeServers\\winreg)");
          return new RegistryClient(rpc, root);
        });
  }

  /** See {@link dev.imfexporter.access.Registry#value}. */
  public Optional<RegistryValue> value(View view, String key, String name)
      throws IOException, AccessException {
    return with(view, key, handle -> value(handle, key, name)).flatMap(found -> found);
  }

  private Optional<RegistryValue> value(byte[] handle, String key, String name)
      throws IOException, AccessException {
    int room = FIRST_VALUE;
    while (true) {
      Answer answer = query(handle, name, room);
      if (Win32Error.isMissingKey(answer.code())) {
        return Optional.empty();
      }
      if (answer.code() == Win32Error.MORE_DATA && room < MAX_VALUE) {
        room = Math.min(MAX_VALUE, 4 * room);
        continue;
      }
      check(
          answer.code(),
          "RegQueryValueEx HKLM\\" + key + "\\" + name,
          "KEY_QUERY_VALUE on the registry key HKLM\\" + key);
      return Optional.of(RegistryData.decode(answer.type(), answer.data()));
    }
  }

  /** See {@link dev.imfexporter.access.Registry#lastWritten}. */
  public Optional<Instant> lastWritten(View view, String key) throws IOException, AccessException {
    return with(view, key, handle -> lastWritten(handle, key)).flatMap(found -> found);
  }

  private Optional<Instant> lastWritten(byte[] handle, String key)
      throws IOException, AccessException {
    NdrReader answer =
        rpc.call(QUERY_INFO_KEY, new NdrWriter().handle(handle).unicodeString(null, true));
    answer.u16();
    answer.u16();
    if (answer.pointer()) {
      answer.text();
    }
    for (int field = 0; field < 7; field++) {
      answer.u32();
    }
    long low = Integer.toUnsignedLong(answer.u32());
    long high = Integer.toUnsignedLong(answer.u32());
    int code = answer.u32();
    if (Win32Error.isMissingKey(code)) {
      return Optional.empty();
    }
    check(code, "RegQueryInfoKey HKLM\\" + key, "KEY_QUERY_VALUE on the registry key HKLM\\" + key);
    return FileTime.instant(high << Integer.SIZE | low);
  }

  /**
   * Queries a performance root. The host does not report how much room the value needs, so the room
   * grows until it fits.
   *
   * @param name object indexes, or the name of a table
   */
  public byte[] performance(String name) throws IOException, AccessException {
    while (true) {
      Answer answer = query(root, name, performanceRoom);
      if (answer.code() == Win32Error.MORE_DATA && performanceRoom < MAX_PERFORMANCE) {
        performanceRoom = Math.min(MAX_PERFORMANCE, 2 * performanceRoom);
        continue;
      }
      check(
          answer.code(),
          "RegQueryValueEx HKEY_PERFORMANCE_DATA \"" + name + "\"",
          "membership in the group Performance Monitor Users");
      return answer.data();
    }
  }

  private Answer query(byte[] key, String name, int room) throws IOException {
    NdrReader answer =
        rpc.call(
            QUERY_VALUE,
            new NdrWriter()
                .handle(key)
                .unicodeString(name, true)
                .pointer() // lpType
                .u32(0)
                .pointer() // lpData: this much room, of which nothing is sent
                .u32(room)
                .u32(0)
                .u32(0)
                .pointer() // lpcbData
                .u32(room)
                .pointer() // lpcbLen
                .u32(0));
    int type = answer.optional().orElse(0);
    byte[] data = answer.pointer() ? answer.varyingBytes() : new byte[0];
    int size = answer.optional().orElse(data.length);
    answer.optional();
    int code = answer.u32();
    return new Answer(
        type, size >= 0 && size < data.length ? Arrays.copyOf(data, size) : data, code);
  }

  private <T> Optional<T> with(View view, String key, RpcClient.Question<T> question)
      throws IOException, AccessException {
    int half =
        switch (view) {
          case BITS_64 -> KEY_WOW64_64KEY;
          case BITS_32 -> KEY_WOW64_32KEY;
        };
    NdrReader opened =
        rpc.call(
            OPEN_KEY,
            new NdrWriter()
                .handle(root)
                .unicodeString(key, true)
                .u32(0)
                .u32(KEY_QUERY_VALUE | half));
    byte[] handle = opened.handle();
    int code = opened.u32();
    if (Win32Error.isMissingKey(code)) {
      return Optional.empty();
    }
    check(code, "RegOpenKeyEx HKLM\\" + key, "KEY_QUERY_VALUE on the registry key HKLM\\" + key);
    return Optional.of(rpc.ask(handle, CLOSE_KEY, question));
  }

  private static void check(int code, String call, String right) throws AccessException {
    if (code != 0) {
      throw CallFailed.needing(right, Win32Error.of(call, code));
    }
  }

  @Override
  public void close() {
    rpc.close();
  }
}

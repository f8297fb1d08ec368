package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Advapi32.ADVAPI32;

import com.sun.jna.platform.win32.WinBase.FILETIME;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.WinReg.HKEY;
import com.sun.jna.platform.win32.WinReg.HKEYByReference;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry.View;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.format.FileTime;
import dev.imfexporter.access.format.RegistryData;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open key below HKEY_LOCAL_MACHINE. Not thread-safe. */
final class RegistryKey implements AutoCloseable {
  /**
   * A right to a key (<a
   * href="https://learn.microsoft.com/windows/win32/sysinfo/registry-key-security-and-access-rights">
   * page</a>).
   */
  enum Right {
    KEY_QUERY_VALUE(WinNT.KEY_QUERY_VALUE),
    KEY_NOTIFY(WinNT.KEY_NOTIFY);

    private final int mask;

    Right(int mask) {
      this.mask = mask;
    }

    /** What an account must be granted. */
    String on(String key) {
      return name() + " on the registry key " + key;
    }
  }

  private static final int FIRST_VALUE_BYTES = 512;
  private static final int MAX_VALUE_BYTES = 1024 * 1024;

  private final HKEY handle;
  private final String name;

  private RegistryKey(HKEY handle, String name) {
    this.handle = handle;
    this.name = name;
  }

  /**
   * Opens a key with one right.
   *
   * @param machine {@code \\name}, or null for this machine
   * @param path below HKEY_LOCAL_MACHINE
   * @return empty when there is no such key
   */
  static Optional<RegistryKey> open(@Nullable String machine, View view, String path, Right right)
      throws AccessException {
    if (machine == null) {
      return open(WinReg.HKEY_LOCAL_MACHINE, "HKLM", view, path, right);
    }
    HKEY root = connect(machine, WinReg.HKEY_LOCAL_MACHINE);
    try {
      return open(root, machine + "\\HKLM", view, path, right);
    } finally {
      ADVAPI32.RegCloseKey(root);
    }
  }

  private static Optional<RegistryKey> open(
      HKEY root, String rootName, View view, String path, Right right) throws AccessException {
    String name = rootName + "\\" + path;
    int half =
        switch (view) {
          case BITS_64 -> WinNT.KEY_WOW64_64KEY;
          case BITS_32 -> WinNT.KEY_WOW64_32KEY;
        };
    HKEYByReference key = new HKEYByReference();
    int code = ADVAPI32.RegOpenKeyEx(root, path, 0, right.mask | half, key);
    if (Win32Error.isMissingKey(code)) {
      return Optional.empty();
    }
    check(code, "RegOpenKeyEx " + name, right.on(name));
    return Optional.of(new RegistryKey(key.getValue(), name));
  }

  /** A predefined key of another machine; the caller closes it with RegCloseKey. */
  static HKEY connect(String machine, HKEY predefined) throws AccessException {
    HKEYByReference root = new HKEYByReference();
    check(
        ADVAPI32.RegConnectRegistry(machine, predefined, root),
        "RegConnectRegistry " + machine,
        "to be let into the registry from other machines (key SecurePipeServers\\winreg)");
    return root.getValue();
  }

  HKEY handle() {
    return handle;
  }

  String name() {
    return name;
  }

  /** A value of this key; empty when there is none of that name. */
  Optional<RegistryValue> value(String valueName) throws AccessException {
    String call = "RegQueryValueEx " + name + "\\" + valueName;
    int room = FIRST_VALUE_BYTES;
    while (true) {
      byte[] data = new byte[room];
      IntByReference size = new IntByReference(room);
      IntByReference type = new IntByReference();
      int code = ADVAPI32.RegQueryValueEx(handle, valueName, 0, type, data, size);
      if (Win32Error.isMissingKey(code)) {
        return Optional.empty();
      }
      // The value may grow between two calls, so the size that came back is only a hint.
      if (code == Win32Error.MORE_DATA && room < MAX_VALUE_BYTES) {
        room = Math.min(MAX_VALUE_BYTES, Math.max(2 * room, size.getValue()));
        continue;
      }
      check(code, call, Right.KEY_QUERY_VALUE.on(name));
      try {
        return Optional.of(
            RegistryData.decode(type.getValue(), Arrays.copyOf(data, size.getValue())));
      } catch (AccessException.Malformed e) {
        throw new AccessException.Malformed(name + "\\" + valueName + ": " + e.getMessage());
      }
    }
  }

  /**
   * When this key or one of its values was last written; empty when the host does not report it.
   */
  Optional<Instant> lastWritten() throws AccessException {
    FILETIME written = new FILETIME();
    int code =
        ADVAPI32.RegQueryInfoKey(
            handle, null, null, null, null, null, null, null, null, null, null, written);
    if (Win32Error.isMissingKey(code)) {
      return Optional.empty();
    }
    check(code, "RegQueryInfoKey " + name, Right.KEY_QUERY_VALUE.on(name));
    return FileTime.instant(
        (long) written.dwHighDateTime << Integer.SIZE
            | Integer.toUnsignedLong(written.dwLowDateTime));
  }

  private static void check(int code, String call, String rightNeeded) throws AccessException {
    if (code != WinError.ERROR_SUCCESS) {
      throw Win32Errors.failed(call, code, rightNeeded);
    }
  }

  @Override
  public void close() {
    ADVAPI32.RegCloseKey(handle);
  }
}

package dev.imfexporter.access.win32;

import static dev.imfexporter.access.win32.Kernel32.KERNEL32;
import static dev.imfexporter.access.win32.Psapi.Library.PSAPI;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.Modules;
import dev.imfexporter.access.Win32Error;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The modules of processes of this machine. Does not enable SeDebugPrivilege, which opens every
 * process: the full token of an administrator opens the processes of services without it.
 * Thread-safe.
 */
final class ProcessModules implements Modules {
  private static final int RIGHTS = WinNT.PROCESS_QUERY_INFORMATION | WinNT.PROCESS_VM_READ;

  private static final int FIRST_COUNT = 512;

  /** Far above what any process loads. */
  private static final int MAX_COUNT = 16 * 1024;

  /** Tries for a process whose list of modules changes while it is read. */
  private static final int MAX_TRIES = 5;

  private static final int BETWEEN_TRIES_MILLIS = 20;

  private static final int MAX_PATH_CHARS = 32 * 1024;

  /** A file that is loaded cannot be replaced, but one that was unloaded in between can. */
  private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoTime;
  private volatile Listed newest = new Listed(0, 0, Map.of());

  /**
   * The newest list, so that a list each second reads the versions of further files only.
   *
   * @param at by the clock of this object
   */
  private record Listed(long processId, long at, Map<String, Module> modules) {}

  /**
   * @param nanoTime a monotonic clock
   */
  ProcessModules(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public List<Module> of(long processId) throws AccessException {
    String subject = "process " + processId;
    HANDLE process = KERNEL32.OpenProcess(RIGHTS, false, (int) processId);
    if (process == null) {
      int code = Native.getLastError();
      if (code == Win32Error.INVALID_PARAMETER) {
        return List.of();
      }
      if (code == Win32Error.ACCESS_DENIED) {
        throw new Unsupported(
            "The account may not look into "
                + subject
                + ": that takes an administrator of the machine with a full (elevated) token");
      }
      throw Win32Errors.failed("OpenProcess " + processId, code, "");
    }
    Listed before = newest;
    long now = nanoTime.getAsLong();
    boolean known = before.processId() == processId && now - before.at() < KNOWN_NANOS;
    try {
      List<Module> modules = modules(process, subject, known ? before.modules() : Map.of());
      Map<String, Module> byPath = new HashMap<>();
      modules.forEach(module -> byPath.put(module.path(), module));
      newest = new Listed(processId, now, byPath);
      return modules;
    } finally {
      KERNEL32.CloseHandle(process);
    }
  }

  /**
   * The list may grow between two calls, so its size is only a hint. While a process starts or
   * ends, the call fails with ERROR_PARTIAL_COPY (<a
   * href="https://learn.microsoft.com/windows/win32/api/psapi/nf-psapi-enumprocessmodulesex">page
   * </a>), and is made again; a process that stays so has no modules that can be listed.
   */
  private static List<Module> modules(HANDLE process, String subject, Map<String, Module> known)
      throws AccessException {
    int room = FIRST_COUNT;
    int tries = 0;
    while (true) {
      try (Memory handles = new Memory((long) room * Native.POINTER_SIZE);
          Memory path = new Memory((long) MAX_PATH_CHARS * Native.WCHAR_SIZE)) {
        IntByReference needed = new IntByReference();
        if (!PSAPI.EnumProcessModulesEx(
            process, handles, (int) handles.size(), needed, Psapi.LIST_MODULES_ALL)) {
          int code = Native.getLastError();
          if (code != Win32Error.PARTIAL_COPY || Native.POINTER_SIZE == Integer.BYTES) {
            throw failed(subject, code);
          }
          tries++;
          if (tries == MAX_TRIES) {
            return List.of();
          }
          KERNEL32.SleepEx(BETWEEN_TRIES_MILLIS, false);
          continue;
        }
        int count = needed.getValue() / Native.POINTER_SIZE;
        if (count <= room) {
          return describe(process, handles, count, path, known);
        }
        if (count > MAX_COUNT) {
          throw new AccessException.Malformed("The " + subject + " claims " + count + " modules");
        }
        room = count;
      }
    }
  }

  private static AccessException failed(String subject, int code) {
    return code == Win32Error.PARTIAL_COPY
        ? new Unsupported(
            "A 32-bit Java cannot look into the 64-bit " + subject + ": run a 64-bit Java")
        : Win32Errors.failed("EnumProcessModulesEx " + subject, code, "PROCESS_VM_READ on it");
  }

  /** A module that was unloaded meanwhile is left out. */
  private static List<Module> describe(
      HANDLE process, Memory handles, int count, Memory path, Map<String, Module> known) {
    List<Module> modules = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      HANDLE module = new HANDLE(handles.getPointer((long) i * Native.POINTER_SIZE));
      if (PSAPI.GetModuleFileNameEx(process, module, path, MAX_PATH_CHARS) > 0) {
        String file = path.getWideString(0);
        Module before = known.get(file);
        modules.add(before == null ? module(file) : before);
      }
    }
    return modules;
  }

  private static Module module(String path) {
    Optional<FileVersion> version = FileVersion.of(path);
    return new Module(
        path, version.flatMap(FileVersion::company), version.flatMap(FileVersion::number));
  }
}

package dev.imfexporter.access.win32;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.ptr.PointerByReference;
import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.access.format.TimeOfDay;
import dev.imfexporter.access.format.Uptime;
import java.util.function.LongSupplier;

/**
 * The clock of another machine by NetRemoteTOD. Any account that may access the machine from the
 * network may ask. Thread-safe.
 */
final class RemoteClock implements HostClock {
  private final String machine;
  private final Uptime uptime;

  /**
   * @param machine {@code \\name}
   * @param nanoTime a monotonic clock of this machine
   */
  RemoteClock(String machine, LongSupplier nanoTime) {
    this.machine = machine;
    this.uptime = new Uptime(nanoTime);
  }

  @Override
  public HostTime now() throws AccessException {
    return ask().at(uptime);
  }

  private TimeOfDay ask() throws AccessException {
    PointerByReference buffer = new PointerByReference();
    int code = Netapi32.Library.NETAPI32.NetRemoteTOD(machine, buffer);
    if (code != WinError.ERROR_SUCCESS) {
      throw Win32Errors.failed(
          "NetRemoteTOD " + machine, code, "the right to access the machine from the network");
    }
    Pointer info = buffer.getValue();
    try {
      return new TimeOfDay(info.getInt(0), info.getInt(4), info.getInt(20));
    } finally {
      Netapi32.Library.NETAPI32.NetApiBufferFree(info);
    }
  }
}

package dev.imfexporter.access;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An error code of Windows: of Win32, or an HRESULT such as those of the cryptographic providers
 * (NTE_) and of the IIS metabase (MD_ERROR_). Win32 codes below 0x10000 are known by their decimal
 * numbers, all others by their hexadecimal ones.
 *
 * @param value unsigned, 32 bits
 * @param own whether a service made it: then a number below 0x10000 may mean anything
 */
public record ErrorCode(long value, boolean own) {
  private static final long LOW_HALF = 0xFFFFL;

  /** Of an HRESULT that is a Win32 code. */
  private static final long FACILITY_WIN32 = 0x8007L;

  // https://learn.microsoft.com/windows/win32/debug/system-error-codes,
  // https://learn.microsoft.com/openspecs/windows_protocols/ms-erref,
  // https://learn.microsoft.com/previous-versions/iis/6.0-sdk/ms525385(v=vs.90)
  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(2L, "ERROR_FILE_NOT_FOUND"),
          Map.entry(3L, "ERROR_PATH_NOT_FOUND"),
          Map.entry(5L, "ERROR_ACCESS_DENIED"),
          Map.entry(8L, "ERROR_NOT_ENOUGH_MEMORY"),
          Map.entry(13L, "ERROR_INVALID_DATA"),
          Map.entry(112L, "ERROR_DISK_FULL"),
          Map.entry(126L, "ERROR_MOD_NOT_FOUND"),
          Map.entry(127L, "ERROR_PROC_NOT_FOUND"),
          Map.entry(1053L, "ERROR_SERVICE_REQUEST_TIMEOUT"),
          Map.entry(1067L, "ERROR_PROCESS_ABORTED"),
          Map.entry(1068L, "ERROR_SERVICE_DEPENDENCY_FAIL"),
          Map.entry(1069L, "ERROR_SERVICE_LOGON_FAILED"),
          Map.entry(1077L, "ERROR_SERVICE_NEVER_STARTED"),
          Map.entry(1079L, "ERROR_DIFFERENT_SERVICE_ACCOUNT"),
          Map.entry(1392L, "ERROR_FILE_CORRUPT"),
          Map.entry(0x80004005L, "E_FAIL"),
          Map.entry(0x80090003L, "NTE_BAD_KEY"),
          Map.entry(0x80090005L, "NTE_BAD_DATA"),
          Map.entry(0x80090006L, "NTE_BAD_SIGNATURE"),
          Map.entry(0x8009000BL, "NTE_BAD_KEY_STATE"),
          Map.entry(0x8009000DL, "NTE_NO_KEY"),
          Map.entry(0x80090010L, "NTE_PERM"),
          Map.entry(0x80090016L, "NTE_BAD_KEYSET"),
          Map.entry(0x80090019L, "NTE_KEYSET_NOT_DEF"),
          Map.entry(0x8009001AL, "NTE_KEYSET_ENTRY_BAD"),
          Map.entry(0x80090020L, "NTE_FAIL"),
          Map.entry(0x800CC800L, "MD_ERROR_NOT_INITIALIZED"),
          Map.entry(0x800CC801L, "MD_ERROR_DATA_NOT_FOUND"),
          Map.entry(0x800CC802L, "MD_ERROR_INVALID_VERSION"),
          Map.entry(0x800CC810L, "MD_ERROR_IISAO_INVALID_SCHEMA"),
          Map.entry(0x800CC819L, "MD_ERROR_READ_METABASE_FILE"),
          Map.entry(0x800CC81DL, "MD_ERROR_NO_SESSION_KEY"));

  public ErrorCode {
    value &= 0xFFFFFFFFL;
  }

  /** With what a service stopped: its own code if it has one; empty without an error. */
  public static Optional<ErrorCode> of(ServiceStatus status) {
    if (status.state() != ServiceState.STOPPED || status.exitCode() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ErrorCode(
            status.hasSpecificExitCode() ? status.specificExitCode() : status.exitCode(),
            status.hasSpecificExitCode()));
  }

  /** The Win32 code in an HRESULT that is made of one; the value itself for all others. */
  public long win32() {
    return value >>> 16 == FACILITY_WIN32 ? value & LOW_HALF : value;
  }

  /** Whether it is this Win32 code, or an HRESULT that is made of it, and not a service's own. */
  public boolean isWin32(long code) {
    return win32() == code && !(own && value <= LOW_HALF);
  }

  /**
   * For example {@code NTE_BAD_KEYSET (0x80090016)}, {@code ERROR_PROCESS_ABORTED (1067, 0x42B)} or
   * {@code its own code 42 (0x2A)}.
   */
  public String words() {
    boolean small = value <= LOW_HALF;
    if (own && small) {
      return String.format(Locale.ROOT, "its own code %d (0x%X)", value, value);
    }
    String number =
        small
            ? String.format(Locale.ROOT, "%d, 0x%X", value, value)
            : String.format(Locale.ROOT, "0x%08X", value);
    String name = NAMES.get(win32());
    return name == null ? "code " + number : name + " (" + number + ")";
  }
}

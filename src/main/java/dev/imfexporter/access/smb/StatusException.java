package dev.imfexporter.access.smb;

import java.io.IOException;

/** A host answered a request with an error; the session can still be used. */
final class StatusException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status an NTSTATUS (MS-ERREF 2.3.1)
   */
  StatusException(long status, Throwable cause) {
    super("status 0x%08x: %s".formatted((int) status, cause.getMessage()), cause);
    this.status = (int) status;
  }

  int status() {
    return status;
  }
}

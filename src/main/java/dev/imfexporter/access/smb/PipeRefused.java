package dev.imfexporter.access.smb;

import java.io.IOException;

/** A host refused to open a pipe; the session can still be used. */
final class PipeRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final String pipe;
  private final int status;

  private PipeRefused(String pipe, StatusException why) {
    super(why);
    this.pipe = pipe;
    this.status = why.status();
  }

  /** The failure to open a pipe: a PipeRefused if the host answered, otherwise as it is. */
  static IOException orOther(String pipe, IOException why) {
    return why instanceof StatusException refused ? new PipeRefused(pipe, refused) : why;
  }

  /** Its name below {@code \\PIPE\\}. */
  String pipe() {
    return pipe;
  }

  /** The NTSTATUS. */
  int status() {
    return status;
  }

  /** The service of Windows that has to run when the pipe does not exist. */
  String service() {
    return switch (pipe) {
      case "winreg" -> "RemoteRegistry (Remote Registry)";
      case "eventlog" -> "EventLog (Windows Event Log)";
      case "srvsvc" -> "LanmanServer (Server)";
      default -> "that serves it";
    };
  }
}

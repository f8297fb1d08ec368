package dev.imfexporter.access.smb;

import java.io.IOException;

/** A host answered that it does not open a pipe; the session goes on. */
final class PipeRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final String pipe;
  private final int status;

  private PipeRefused(String pipe, StatusException why) {
    super(why);
    this.pipe = pipe;
    this.status = why.status();
  }

  /** A pipe that could not be opened: refused, or something else. */
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

  /** Which service of Windows has to run, for a pipe that is not there. */
  String service() {
    return switch (pipe) {
      case "winreg" -> "RemoteRegistry (Remote Registry)";
      case "eventlog" -> "EventLog (Windows Event Log)";
      case "srvsvc" -> "LanmanServer (Server)";
      default -> "that serves it";
    };
  }
}

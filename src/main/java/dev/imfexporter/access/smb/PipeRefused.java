package dev.imfexporter.access.smb;

import com.hierynomus.mssmb2.SMBApiException;
import java.io.IOException;

/** A host answered that it does not open a pipe; the session goes on. */
final class PipeRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final String pipe;
  private final long status;

  PipeRefused(String pipe, SMBApiException why) {
    super(why);
    this.pipe = pipe;
    this.status = why.getStatusCode();
  }

  /** Its name below {@code \\PIPE\\}. */
  String pipe() {
    return pipe;
  }

  /** The NTSTATUS. */
  int status() {
    return (int) status;
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

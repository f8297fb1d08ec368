package dev.imfexporter.access.smb.rpc;

import java.io.IOException;

/** Opens pipes of one host; each call has a deadline. */
@FunctionalInterface
public interface PipeOpener {
  /**
   * @param name below {@code \PIPE\}
   */
  Pipe open(String name) throws IOException;
}

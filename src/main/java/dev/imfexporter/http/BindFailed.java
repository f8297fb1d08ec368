package dev.imfexporter.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address cannot be listened on; the message names it, the reason and the next step. */
public final class BindFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private BindFailed(InetSocketAddress address, String why, @Nullable Throwable cause) {
    super(
        "Cannot listen on %s:%d: %s".formatted(address.getHostString(), address.getPort(), why),
        cause);
  }

  static BindFailed unknownName(InetSocketAddress address) {
    return new BindFailed(
        address,
        "the host name is not known. Name an address of this machine with --web.listen-address.",
        null);
  }

  static BindFailed refused(InetSocketAddress address, IOException e) {
    String reason = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
    return new BindFailed(address, reason + ". " + nextStep(reason), e);
  }

  /** By the texts of the system in English; the last one fits all others. */
  private static String nextStep(String reason) {
    if (reason.contains("Cannot assign")) {
      return "It is no address of this machine: name another with --web.listen-address.";
    }
    if (reason.contains("Permission denied")) {
      return "The account has no right to this port: choose another with --web.listen-address.";
    }
    return "Free it, or choose another with --web.listen-address.";
  }
}

package dev.imfexporter.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address cannot be listened on; the message names it, the reason and the next step. */
public final class BindFailed extends Exception {
  private static final long serialVersionUID = 1L;

  BindFailed(InetSocketAddress address, String reason, @Nullable Throwable cause) {
    super(
        "Cannot listen on %s:%d: %s. Free it, or choose another with --web.listen-address."
            .formatted(address.getHostString(), address.getPort(), reason),
        cause);
  }
}

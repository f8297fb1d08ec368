package dev.imfexporter.access.smb;

import dev.imfexporter.bed.SambaBed;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The way to the Samba test bed, with the account that it knows. */
final class SambaTarget {
  private SambaTarget() {}

  static Target of(SambaBed.Variant variant, Duration timeout, LongSupplier nanoTime) {
    return of(SmbProtocol.valueOf(variant.name()), timeout, nanoTime);
  }

  static Target of(SmbProtocol protocol, Duration timeout, LongSupplier nanoTime) {
    return new Target(
        "127.0.0.1",
        SambaBed.PORT,
        SambaTarget::login,
        new LoginGate(SambaBed.USER, false, nanoTime),
        protocol,
        timeout);
  }

  static Login login() {
    return new Login("", SambaBed.USER, SambaBed.PASSWORD.toCharArray());
  }
}

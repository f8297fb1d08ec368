package dev.imfexporter.access.smb;

import dev.imfexporter.bed.SambaBed;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The way to the Samba test bed, with the account that it knows. */
final class SambaConfig {
  private SambaConfig() {}

  static SmbHostConfig of(SambaBed.Variant variant, Duration timeout, LongSupplier nanoTime) {
    return of(SmbProtocol.valueOf(variant.name()), timeout, nanoTime);
  }

  static SmbHostConfig of(SmbProtocol protocol, Duration timeout, LongSupplier nanoTime) {
    return new SmbHostConfig(
        "127.0.0.1",
        SambaBed.PORT,
        SambaConfig::login,
        new LoginGate(false, nanoTime),
        protocol,
        timeout);
  }

  static Opening opening(SambaBed.Variant variant, Login login, Duration timeout) {
    return new Opening(
        of(variant, timeout, System::nanoTime),
        login,
        List.of(InetAddress.getLoopbackAddress()),
        System::nanoTime,
        stage -> {});
  }

  static Login login() {
    return new Login("", SambaBed.USER, SambaBed.PASSWORD.toCharArray());
  }
}

package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.HostClock;
import dev.imfexporter.access.format.Uptime;
import dev.imfexporter.access.smb.rpc.ServerClient;
import dev.imfexporter.access.smb.rpc.ServerClient.TimeOfDay;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The clock through MS-SRVS, whose hundredths of a second are the precision. Thread-safe. */
final class SmbClock implements HostClock, AutoCloseable {
  private static final Duration HUNDREDTH = Duration.ofMillis(10);
  private static final int HUNDREDTHS = 100;

  private final Channel<ServerClient> channel;
  private final Uptime uptime;

  SmbClock(Channel<ServerClient> channel, LongSupplier nanoTime) {
    this.channel = channel;
    this.uptime = new Uptime(nanoTime);
  }

  @Override
  public HostTime now() throws AccessException {
    TimeOfDay time = channel.call(ServerClient::timeOfDay);
    if (time.hundredths() < 0 || time.hundredths() >= HUNDREDTHS) {
      throw new AccessException.Malformed(
          "NetRemoteTOD: a second has no hundredth number " + time.hundredths());
    }
    Instant now =
        Instant.ofEpochSecond(Integer.toUnsignedLong(time.elapsed()))
            .plus(HUNDREDTH.multipliedBy(time.hundredths()));
    return new HostTime(now, HUNDREDTH, uptime.of(time.millis()));
  }

  @Override
  public void close() {
    channel.close();
  }
}

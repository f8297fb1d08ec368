package dev.imfexporter.access.demo;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostAccessContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

class DemoContractTest extends HostAccessContract {
  private Instant now = Instant.parse("2007-03-21T22:00:00Z");
  private final InstantSource clock = () -> now;
  private final DemoHost host = DemoHost.play(clock, Duration.ZERO, ZoneOffset.UTC);

  @Override
  protected HostAccess host() {
    return host;
  }

  @Override
  protected InstantSource clock() {
    return clock;
  }

  @Override
  protected String versionFolders() {
    return "C:\\Program Files\\Exchsrvr\\bin\\MSCFV2";
  }

  @Override
  protected String installed() {
    return "6.5.7935.0";
  }

  @Override
  protected void stopSmtp() {
    now = now.plus(Duration.ofMinutes(5));
  }

  @Override
  protected void writeEvents() {
    // The story has told of earlier days.
  }
}

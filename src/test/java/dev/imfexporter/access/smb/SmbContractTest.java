package dev.imfexporter.access.smb;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.HostAccessContract;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.SambaBed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("samba")
@ParameterizedClass
@EnumSource(SambaBed.Variant.class)
class SmbContractTest extends HostAccessContract {
  /** The bed has two from the beginning. */
  private static final int UPDATE_RECORD = 3;

  private static final String FOLDERS = "\\\\127.0.0.1\\MSCFV2";

  @SuppressWarnings("NullAway.Init") // before each class invocation
  private static SambaBed bed;

  private final SmbHost host;

  SmbContractTest(SambaBed.Variant variant) {
    host =
        new SmbHost(
            SambaConfig.of(variant, Duration.ofSeconds(5), System::nanoTime), System::nanoTime);
  }

  @BeforeParameterizedClassInvocation
  static void start(SambaBed.Variant variant) throws IOException {
    bed = SambaBed.start(variant.options());
    bed.exchange();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    bed.close();
  }

  @BeforeEach
  void running() {
    bed.services().enters("SMTPSVC", ServiceState.RUNNING);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Override
  protected HostAccess host() {
    return host;
  }

  @Override
  protected InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  protected String versionFolders() {
    return FOLDERS;
  }

  @Override
  protected Optional<String> configuredFolders() {
    return Optional.of(FOLDERS);
  }

  @Override
  protected void stopSmtp() {
    bed.services().enters("SMTPSVC", ServiceState.STOPPED);
  }

  @Override
  protected void writeEvents() throws IOException {
    bed.event(
        UPDATE_RECORD,
        Instant.now(),
        18,
        "Windows Update Agent",
        "Sunday, November 22, 2026",
        "3:00 AM",
        "- Update (KB5032198)");
  }
}

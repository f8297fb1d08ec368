package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.smb.rpc.RegistryClient;
import java.io.IOException;

/**
 * HKEY_PERFORMANCE_DATA through MS-RRP, on a pipe of its own that each question opens and closes:
 * so the host unloads its providers, and one that hangs never holds up the definition. Thread-safe.
 */
record SmbPerformanceData(SmbLink link) implements PerformanceData {

  @Override
  public byte[] query(String value) throws AccessException {
    SmbLink.Opened on = link.open();
    try (RegistryClient client =
        RegistryClient.performanceData(on.session(), link.target().timeout(), link.nanoTime())) {
      return client.performance(value);
    } catch (IOException | RuntimeException e) {
      throw Failures.of(e, link.target());
    }
  }
}

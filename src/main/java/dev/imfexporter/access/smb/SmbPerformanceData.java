package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import dev.imfexporter.access.smb.rpc.RegistryClient;
import java.io.IOException;

/**
 * HKEY_PERFORMANCE_DATA through MS-RRP. Each query opens and closes a pipe of its own: so the host
 * unloads its providers, and one that hangs does not hold up the registry. Thread-safe.
 */
record SmbPerformanceData(SmbConnection connection) implements PerformanceData {

  @Override
  public byte[] query(String value) throws AccessException {
    SmbConnection.Opened on = connection.open();
    try (RegistryClient client = RegistryClient.performanceData(on.rpc())) {
      return client.performance(value);
    } catch (IOException | RuntimeException e) {
      connection.failed(on.session(), e);
      throw Failures.of(e, connection.config());
    }
  }
}

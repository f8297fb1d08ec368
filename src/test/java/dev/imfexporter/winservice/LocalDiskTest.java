package dev.imfexporter.winservice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalDiskTest {
  @ParameterizedTest
  @CsvSource({
    "\\\\server\\share\\imf-exporter.jar, true",
    "\\\\?\\UNC\\server\\share\\imf-exporter.jar, true",
    "\\\\?\\C:\\Program Files\\imf-exporter.jar, false",
    "\\\\.\\C:\\imf-exporter.jar, false",
    "C:\\Program Files\\imf-exporter.jar, false",
  })
  void sharesAreOnOtherMachines(String path, boolean share) {
    assertThat(LocalDisk.isShare(path)).isEqualTo(share);
  }
}

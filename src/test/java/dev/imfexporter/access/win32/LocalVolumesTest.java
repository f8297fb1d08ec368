package dev.imfexporter.access.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Volumes.Volume;
import java.io.File;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class LocalVolumesTest {
  private static final String WINDOWS = "C:\\windows\\system32";

  private final WindowsHost host = WindowsHost.local();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void driveOfAFolderWithItsRoom() throws Exception {
    Volume volume = host.volumes().of(WINDOWS).orElseThrow();

    assertThat(volume.name()).isEqualToIgnoringCase("C:");
    assertThat(volume.size()).isEqualTo(new File("C:\\").getTotalSpace());
    assertThat(volume.free()).isPositive().isLessThanOrEqualTo(volume.size());
    assertThat(host.volumes().of(WINDOWS + "\\")).map(Volume::name).contains(volume.name());
  }

  @Test
  void missingFolderHasNone() throws Exception {
    assertThat(host.volumes().of("C:\\no such folder\\Queue")).isEmpty();
  }

  @Test
  void folderOfAnotherMachineNeedsAShare() {
    try (WindowsHost remote = WindowsHost.remote("mail01")) {
      assertThatThrownBy(() -> remote.volumes().of("D:\\mail\\Queue"))
          .isInstanceOf(AccessException.Unsupported.class)
          .hasMessageContaining(
              "name the share in the configuration (mailroots, definition_folder)");
    }
  }
}

package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The room behind a share, against a real Samba server that shares a small disk. */
@Tag("samba")
class SmbVolumesTest {
  private static final long MIB = 1L << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String SHARE = "\\\\127.0.0.1\\share";

  @ParameterizedTest
  @EnumSource(SambaBed.Variant.class)
  void roomIsThatOfTheDiskAndSinksAsItFills(SambaBed.Variant variant) throws Exception {
    try (SambaBed bed = SambaBed.start(variant.options());
        SmallDisk disk = SmallDisk.mount(bed.share(), 8 * MIB);
        SmbHost host =
            new SmbHost(SambaConfig.of(variant, TIMEOUT, System::nanoTime), System::nanoTime)) {
      Path queue = Files.createDirectory(disk.folder().resolve("Queue"));

      Volume empty = host.volumes().of(SHARE + "\\Queue").orElseThrow();
      Files.write(queue.resolve("NTFS_1.EML"), new byte[(int) (5 * MIB)]);
      Volume filled = host.volumes().of(SHARE + "\\Queue").orElseThrow();

      assertThat(empty).isEqualTo(new Volume(SHARE, empty.free(), 8 * MIB));
      assertThat(empty.free() - filled.free()).isCloseTo(5 * MIB, within(64L * 1024));
      assertThat(host.volumes().of(SHARE + "\\Drop")).isEmpty();
      assertThat(host.volumes().of(SHARE)).contains(filled);
      await().atMost(TIMEOUT).until(() -> bed.openHandles() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SambaBed.Variant.class,
      names = {"SMB2", "SMB1"})
  void aFolderOffAShareIsUnsupportedAndAShareThatIsMissingFails(SambaBed.Variant variant)
      throws Exception {
    try (SambaBed bed = SambaBed.start(variant.options());
        SmbHost host =
            new SmbHost(SambaConfig.of(variant, TIMEOUT, System::nanoTime), System::nanoTime)) {

      assertThatThrownBy(() -> host.volumes().of("C:\\inetpub\\mailroot\\Queue"))
          .isInstanceOf(AccessException.Unsupported.class)
          .hasMessageContaining("is not on a share of 127.0.0.1");
      assertThatThrownBy(() -> host.volumes().of("\\\\127.0.0.1\\none\\Queue"))
          .isInstanceOf(AccessException.CallFailed.class)
          .hasMessageContaining("There is no such share");
      assertThat(bed.share()).exists();
    }
  }
}

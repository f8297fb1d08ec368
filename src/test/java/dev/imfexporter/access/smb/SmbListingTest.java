package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imfexporter.bed.SambaBed;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listing leaves on the server, against a real Samba server. */
@Tag("samba")
class SmbListingTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  @ParameterizedTest
  @EnumSource(
      value = SambaBed.Variant.class,
      names = {"SMB2", "SMB1"})
  void aListingThatFailsInItsMiddleClosesItsHandle(SambaBed.Variant variant) throws Exception {
    try (SambaBed bed = SambaBed.start(variant.options())) {
      Files.createFile(bed.share().resolve("NTFS_1.EML"));
      try (SmbSession session =
          SmbSession.open(SambaConfig.opening(variant, SambaConfig.login(), TIMEOUT))) {

        assertThatThrownBy(
                () ->
                    session.list(
                        "share",
                        "",
                        10,
                        () -> {
                          throw new IllegalStateException("in the middle");
                        }))
            .hasStackTraceContaining("in the middle");

        await().atMost(TIMEOUT).until(() -> bed.openHandles() == 0);
        assertThat(session.list("share", "", 10, () -> false)).isPresent();
      }
    }
  }
}

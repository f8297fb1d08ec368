package dev.imfexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Volumes.Volume;
import dev.imfexporter.collector.MailFolders.Purpose;
import dev.imfexporter.collector.MailVolumes.Folder;
import dev.imfexporter.collector.MailVolumes.MailVolume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolumesReadingTest {
  private static final Volume C = new Volume("C:", 10, 100);
  private static final Volume MOUNTED = new Volume("C:\\inetpub\\mailroot\\Queue", 7, 50);

  private final BareHost host = new BareHost();

  @Test
  void foldersOnOneVolumeAreOneVolume() throws Exception {
    host.volumes = folder -> folder.endsWith("Drop") ? Optional.empty() : Optional.of(C);

    assertThat(new VolumesReading(Map.of()).take(host).volumes())
        .containsExactly(
            new MailVolume(
                C,
                List.of(
                    new Folder("SMTP 1", Purpose.QUEUE),
                    new Folder("SMTP 1", Purpose.BADMAIL),
                    new Folder("SMTP 1", Purpose.PICKUP))));
  }

  @Test
  void aDriveThatIsMountedInAFolderIsAVolumeOfItsOwn() throws Exception {
    host.volumes =
        folder -> Optional.of(folder.equals("C:\\inetpub\\mailroot\\Queue") ? MOUNTED : C);

    assertThat(new VolumesReading(Map.of()).take(host).volumes())
        .extracting(MailVolume::volume)
        .containsExactly(MOUNTED, C);
  }

  @Test
  void namesThatDifferInCaseAreOneVolume() throws Exception {
    host.volumes = folder -> Optional.of(new Volume(folder.substring(0, 2), 10, 100));

    assertThat(
            new VolumesReading(Map.of("SMTP 1", "d:\\mail", "SMTP 2", "D:\\mail2\\"))
                .take(host)
                .volumes())
        .singleElement()
        .satisfies(volume -> assertThat(volume.folders()).hasSize(8));
  }

  @Test
  void volumesAreBounded() throws Exception {
    host.volumes = folder -> Optional.of(new Volume(folder, 10, 100));
    Map<String, String> mailroots = new TreeMap<>();
    IntStream.range(1, 30).forEach(n -> mailroots.put("SMTP " + n, "D:\\vsi " + n));

    assertThat(new VolumesReading(mailroots).take(host).volumes()).hasSize(MailVolumes.MOST);
  }

  @Test
  void withoutAFolderThereIsNothingToAskFor() {
    host.volumes = folder -> Optional.empty();

    assertThatThrownBy(() -> new VolumesReading(Map.of("SMTP 1", "D:\\mail")).take(host))
        .isInstanceOf(NotApplicable.class)
        .hasMessageContaining("D:\\mail");
  }

  @Test
  void numbersThatAreNoneOfAVolumeAreRefused() {
    assertThatThrownBy(() -> Volume.of("C:", -1, 100))
        .isInstanceOf(AccessException.Malformed.class)
        .hasMessage("The volume C: is said to have -1 of 100 bytes free");
    assertThatThrownBy(() -> Volume.of("C:", 0, 0)).isInstanceOf(AccessException.Malformed.class);
  }

  @Test
  void aVolumeIsNamedWithoutABackslashAtItsEnd() throws Exception {
    assertThat(Volume.of("C:\\", 1, 2)).isEqualTo(new Volume("C:", 1, 2));
  }
}

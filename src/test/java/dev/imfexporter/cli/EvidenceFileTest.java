package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.fleet.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFileTest {
  @TempDir private Path folder;

  @Test
  void writesTheWholeFileAndNothingElse() throws Exception {
    EvidenceFile.write(folder.resolve("a.zip"), out -> out.write(new byte[] {1, 2, 3}));
    assertThat(folder.resolve("a.zip")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void replacesNoFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.zip"), "old");
    assertThatThrownBy(() -> EvidenceFile.write(file, out -> out.write(1)))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " is there already: name another file by --output=FILE, or delete it");
    assertThat(file).hasContent("old");
  }

  /** As on a disk that is full. */
  @Test
  void leavesNoHalfFile() {
    Path file = folder.resolve("a.zip");
    assertThatThrownBy(
            () ->
                EvidenceFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage(file + " cannot be written: No space left on device; nothing is left of it");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path file = folder.resolve("none").resolve("a.zip");
    assertThatThrownBy(() -> EvidenceFile.write(file, out -> out.write(1)))
        .hasMessage(file + " cannot be written: there is no such folder; nothing is left of it");
  }

  @Test
  void aPartOfAnotherCommandIsNotTouched() throws IOException {
    Path part = Files.writeString(folder.resolve("a.zip.part"), "other");
    assertThatThrownBy(() -> EvidenceFile.write(folder.resolve("a.zip"), out -> out.write(1)))
        .hasMessageStartingWith(part + " is there already: another command writes it");
    assertThat(part).hasContent("other");
  }
}

package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.fleet.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void writesTheWholeFileAndNothingElse() throws Exception {
    OutputFile.create(folder.resolve("a.zip"), out -> out.write(new byte[] {1, 2, 3}));
    assertThat(folder.resolve("a.zip")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  /** What is created has evidence of a host; what is replaced is read by other programs. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheAccountReadsWhatIsCreated() throws Exception {
    Path evidence = folder.resolve("a.zip");
    OutputFile.create(evidence, out -> out.write(1));
    assertThat(Files.getPosixFilePermissions(evidence))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    Path rules = folder.resolve("rules.yml");
    OutputFile.replace(rules, out -> out.write(1));
    assertThat(Files.getPosixFilePermissions(rules))
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("any"))));
  }

  @Test
  void replacesNoFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.zip"), "old");
    assertThatThrownBy(() -> OutputFile.create(file, out -> out.write(1)))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " is there already: name another file by --output=FILE, or delete it");
    assertThat(file).hasContent("old");
  }

  @Test
  void aFolderIsSaidToBeOne() {
    String why = folder + " is a folder: name a file, by --output=FILE";
    assertThatThrownBy(() -> OutputFile.create(folder, out -> out.write(1))).hasMessage(why);
    assertThatThrownBy(() -> OutputFile.replace(folder, out -> out.write(1))).hasMessage(why);
  }

  /** The device must neither be deleted nor be replaced by a file. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsSaidToBeOne() {
    Path device = Path.of("/dev/full");
    String why = "/dev/full is a device or a pipe: name a file, by --output=FILE";
    assertThatThrownBy(() -> OutputFile.create(device, out -> out.write(1))).hasMessage(why);
    assertThatThrownBy(() -> OutputFile.replace(device, out -> out.write(1))).hasMessage(why);
  }

  /** As on a disk that is full. */
  @Test
  void leavesNoHalfFile() {
    Path file = folder.resolve("a.zip");
    assertThatThrownBy(
            () ->
                OutputFile.create(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage(file + " cannot be written: No space left on device; nothing of it is left");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path file = folder.resolve("none").resolve("a.zip");
    assertThatThrownBy(() -> OutputFile.create(file, out -> out.write(1)))
        .hasMessage(file + " cannot be written: there is no folder " + file.getParent());
  }

  /** /proc is a folder, and says of each new file in it that its folder is not there. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatTakesNoFilesIsNotSaidToBeMissing() {
    Path file = Path.of("/proc/imf-evidence.zip");
    assertThatThrownBy(() -> OutputFile.create(file, out -> out.write(1)))
        .hasMessage(
            file + " cannot be written: the folder /proc takes no files: name one in another");
  }

  /** What a command left that was killed, or what another one writes, is in the way of none. */
  @Test
  void aPartOfAnotherCommandIsNotTouched() throws Exception {
    Path part = Files.writeString(folder.resolve("a.zip.part"), "other");
    OutputFile.create(folder.resolve("a.zip"), out -> out.write('1'));
    assertThat(folder.resolve("a.zip")).hasContent("1");
    assertThat(part).hasContent("other");
  }

  @Test
  void replacesAFileByTheWholeNewOne() throws Exception {
    Path file = Files.writeString(folder.resolve("rules.yml"), "groups: [old]");
    OutputFile.replace(file, out -> out.write("new".getBytes(US_ASCII)));
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  /** Prometheus may read the file at any moment. */
  @Test
  void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yml"), "old");
    assertThatThrownBy(
            () ->
                OutputFile.replace(
                    file,
                    out -> {
                      assertThat(file).hasContent("old");
                      throw new IOException("No space left on device");
                    }))
        .hasMessageStartingWith(file + " cannot be written: No space left on device");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSymbolicLinkStaysOne() throws Exception {
    Path file = Files.writeString(folder.resolve("a.yml"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("b.yml"), file);
    OutputFile.replace(link, out -> out.write("new".getBytes(US_ASCII)));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }
}

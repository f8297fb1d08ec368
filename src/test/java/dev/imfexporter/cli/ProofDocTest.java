package dev.imfexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.access.AccessKind;
import dev.imfexporter.reading.ReadingName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofDocTest {
  private static final Path DOC = Path.of("docs/least-privilege.md");
  private static final List<AccessKind> COLUMNS =
      List.of(AccessKind.LOCAL, AccessKind.WIN32, AccessKind.SMB);

  @Test
  void tableSaysWhatCheckSays() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| reading | local | win32 | smb |");
    rows.add("|---|---|---|---|");
    for (ReadingName reading : ReadingName.values()) {
      StringBuilder row = new StringBuilder("| " + reading.word() + " |");
      for (AccessKind access : COLUMNS) {
        row.append(' ').append(Proof.of(access, reading).words()).append(" |");
      }
      rows.add(row.toString());
    }

    assertThat(Files.readString(DOC)).contains(String.join("\n", rows) + "\n");
    assertThat(Proof.of(AccessKind.SMB)).contains("on a stand-in: services, smtp, filter;");
  }
}

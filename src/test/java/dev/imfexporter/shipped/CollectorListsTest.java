package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.collector.CollectorKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists of collectors in the documents have those that there are. */
class CollectorListsTest {
  private static final List<String> ALL =
      CollectorKey.all().stream().map(CollectorKey::name).toList();

  @Test
  void theTableOfSmbHasEach() throws IOException {
    assertThat(firstCells("docs/smb.md")).containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void theTableOfWhatIsProvenHasEach() throws IOException {
    assertThat(firstCells("docs/least-privilege.md")).containsExactlyInAnyOrderElementsOf(ALL);
  }

  /** Services that cannot be read have another alert, ImfHostUnreachable. */
  @Test
  void theRunbookHasEachButServices() throws IOException {
    String runbook = Files.readString(Path.of("docs/runbooks/ImfCollectorFailing.md"));
    String list = between(runbook, "which the alert\nnames:", ".");
    List<String> expected = new ArrayList<>(ALL);
    expected.remove(CollectorKey.SERVICES.name());
    assertThat(Pattern.compile("`(\\w+)`").matcher(list).results().map(CollectorListsTest::group))
        .containsExactlyElementsOf(expected);
  }

  /** The names in the first column of the table whose first column is headed "collector". */
  private static Stream<String> firstCells(String document) throws IOException {
    String table = between(Files.readString(Path.of(document)), "\n| collector |", "\n\n");
    return Pattern.compile("(?m)^\\| (\\w[\\w, ]*) \\|")
        .matcher(table)
        .results()
        .map(CollectorListsTest::group)
        .flatMap(cell -> Stream.of(cell.split(", ", -1)));
  }

  private static String group(MatchResult result) {
    return result.group(1);
  }

  private static String between(String text, String begin, String end) {
    assertThat(text).contains(begin);
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}

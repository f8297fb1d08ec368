package dev.imfexporter.page;

import static dev.imfexporter.testing.ServiceBuilder.running;
import static dev.imfexporter.testing.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imfexporter.Golden;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.testing.HostSnapshotBuilder;
import dev.imfexporter.watch.model.Concern;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunbookPageTest {
  private static final Path FOLDER = Path.of("docs/runbooks");
  private static final Path RESOURCES = Path.of("src/test/resources/dev/imfexporter/page");
  private static final Runbook HALTED = Runbook.of("ImfMailFlowHalted").orElseThrow();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static String page(Runbook runbook, HostSnapshot host) {
    return page(runbook, host, Optional.empty(), Optional.of(host.name()));
  }

  private static String page(
      Runbook runbook, HostSnapshot host, Optional<String> service, Optional<String> instance) {
    return RunbookPage.of(
        runbook,
        Optional.of(new RunbookPage.About(host, service, instance)),
        PageView.utc(Snapshots.NOW),
        "1.2.3");
  }

  private static String page(Runbook runbook) {
    return RunbookPage.of(runbook, Optional.empty(), PageView.utc(Snapshots.NOW), "1.2.3");
  }

  @Test
  void aRunbookOfAHaltedHostIsTheGoldenPage() throws IOException {
    Golden.assertMatches(
        RESOURCES.resolve("page-runbook.html"),
        page(HALTED, Snapshots.midStory()).replace(PageStyle.sheet(), ""));
  }

  /** What is packed is what stands in the folder, and all its links lead somewhere. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isShippedAsItStands(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".md", "");
    Runbook runbook = name.equals("README") ? Runbook.index() : Runbook.of(name).orElseThrow();
    assertThat(runbook.markdown()).isEqualTo(Files.readString(file));
    List<String> wrong = new ArrayList<>();
    RunbookText.parse(runbook.markdown())
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                Path target = FOLDER.resolve(link.getDestination().replaceFirst("#.*", ""));
                if (!Files.exists(target)) {
                  wrong.add("no file " + link.getDestination());
                }
                visitChildren(link);
              }

              @Override
              public void visit(HtmlInline html) {
                wrong.add("a placeholder outside of code, or HTML: " + html.getLiteral());
              }

              @Override
              public void visit(HtmlBlock html) {
                wrong.add("HTML: " + html.getLiteral());
              }

              @Override
              public void visit(Text text) {
                if (text.getLiteral().matches(".*\\b(HOST|NAME|NNN)\\b.*")) {
                  wrong.add("a placeholder of the former kind: " + text.getLiteral());
                }
              }

              @Override
              public void visit(Code code) {
                check(code.getLiteral());
              }

              @Override
              public void visit(FencedCodeBlock block) {
                check(block.getLiteral());
              }

              private void check(String code) {
                Matcher written = Placeholder.WRITTEN.matcher(code);
                while (written.find()) {
                  if (Placeholder.named(written.group(1)).isEmpty()) {
                    wrong.add("unknown placeholder " + written.group());
                  }
                }
                if (code.matches("(?s).*[^<\\w](HOST|NAME|NNN)\\b.*")) {
                  wrong.add("a placeholder of the former kind: " + code);
                }
              }
            });
    assertThat(wrong).isEmpty();
  }

  /** The index says what each placeholder stands for. */
  @Test
  void theIndexExplainsEachPlaceholder() {
    for (Placeholder placeholder : Placeholder.values()) {
      assertThat(Runbook.index().markdown()).contains("`<" + placeholder + ">`");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void hasNothingThatThePolicyForbids(Path file) {
    String name = file.getFileName().toString().replace(".md", "");
    Runbook runbook = name.equals("README") ? Runbook.index() : Runbook.of(name).orElseThrow();
    assertThat(page(runbook))
        .doesNotContain("<script", " style=", "<img", "onclick", "<h4")
        .containsOnlyOnce("<h1>")
        .contains("<h2 ");
  }

  @Test
  void withoutAHostThePlaceholdersStay() {
    assertThat(page(HALTED))
        .contains("diagnose --host &lt;HOST&gt;", "taskkill /f /pid &lt;PID&gt;")
        .contains("\"/runbooks/ImfMailFlowHaltedAfterUpdate\"");
  }

  @Test
  void linksKeepTheHostAndOtherFilesAreOnTheSite() {
    assertThat(page(HALTED, Snapshots.down()))
        .contains("\"/runbooks/ImfMailFlowHaltedAfterUpdate?host=relay7.example.net\"")
        .contains("\"https://github.com/imf-exporter/imf-exporter/blob/main/docs/troubles.md\"")
        .contains("\"/hosts/relay7.example.net\"");
  }

  @Test
  void theOnlyServiceInTroubleIsMeant() {
    HostSnapshot host =
        new HostSnapshotBuilder("mail01", Snapshots.NOW)
            .services(running("IISADMIN"), service("POP3Svc", ServiceState.STOPPED).down())
            .build();
    assertThat(page(Runbook.of("ImfServiceLeftStopped").orElseThrow(), host))
        .contains("net start POP3Svc", "the service POP3Svc")
        .doesNotContain("Which service");
  }

  @Test
  void amongSeveralServicesTheReaderChooses() {
    HostSnapshot host =
        new HostSnapshotBuilder("mail01", Snapshots.NOW)
            .services(
                running("IISADMIN").concerns(Concern.CRASHED),
                service("POP3Svc", ServiceState.STOPPED).down())
            .build();
    Runbook crashed = Runbook.of("ImfServiceCrashed").orElseThrow();
    assertThat(page(crashed, host))
        .contains("net start &lt;SERVICE&gt;", "Which service does the alert name?")
        .contains("\"/runbooks/ImfServiceCrashed?host=mail01&amp;service=POP3Svc\"");
    assertThat(page(crashed, host, Optional.of("pop3svc"), Optional.empty()))
        .contains("net start POP3Svc")
        .doesNotContain("Which service");
    assertThat(page(crashed, host, Optional.of("<x>"), Optional.empty()))
        .contains("net start &lt;SERVICE&gt;")
        .doesNotContain("<x>", "&lt;x&gt;");
  }

  /** The host's own address on /metrics is not known, and another link keeps it once it is. */
  @Test
  void theInstanceIsThatOfTheAlert() {
    Runbook slow = Runbook.of("ImfServiceRestartSlow").orElseThrow();
    HostSnapshot host = Snapshots.up();
    assertThat(page(slow, host, Optional.empty(), Optional.empty()))
        .contains("instance=&quot;&lt;INSTANCE&gt;&quot;");
    assertThat(page(slow, host, Optional.empty(), Optional.of("mon01:10747")))
        .contains("instance=&quot;mon01:10747&quot;")
        .contains("?host=mail01&amp;instance=mon01%3A10747");
  }

  /** What a host says of itself does not become a command. */
  @Test
  void namesThatAShellWouldReadAreNotFilledIn() {
    HostSnapshot host =
        new HostSnapshotBuilder("a&calc", Snapshots.NOW)
            .services(
                service("x & del", ServiceState.STOPPED).down(), running("<script>y</script>"))
            .build();
    assertThat(page(Runbook.of("ImfServiceLeftStopped").orElseThrow(), host))
        .contains("net start &lt;SERVICE&gt;", "diagnose --host &lt;HOST&gt;")
        .doesNotContain("<script>");
    assertThat(page(HALTED, Snapshots.hostile()))
        .doesNotContain("<script", "<img", "\u0000", "\u202e");
  }

  @Test
  void aProcessIsNamedWhileItHangsOnly() {
    HostSnapshot runs =
        new HostSnapshotBuilder("mail01", Snapshots.NOW).services(running("IISADMIN")).build();
    assertThat(page(HALTED, runs)).contains("taskkill /f /pid &lt;PID&gt;");
    assertThat(page(HALTED, Snapshots.midStory())).doesNotContain("taskkill /f /pid &lt;PID&gt;");
  }

  @Test
  void itsPartsCanBeReachedFromTheTop() {
    for (String part : List.of("confirm", "do", "do-not-conclude", "escalate")) {
      assertThat(page(HALTED)).contains("href=\"#" + part + "\"", "id=\"" + part + "\"");
    }
    assertThat(page(Runbook.index())).doesNotContain("href=\"#");
  }

  @Test
  void aTableHasItsHeadingsInEachCell() {
    assertThat(page(Runbook.index())).contains("<td data-label=\"Rank\" role=\"cell\">");
  }

  @Test
  void noOtherFileIsServed() {
    assertThat(Runbook.of("README")).isEmpty();
    assertThat(Runbook.of("../page")).isEmpty();
    assertThat(Runbook.of("ImfNothing")).isEmpty();
    assertThat(Runbook.of("")).isEmpty();
  }
}

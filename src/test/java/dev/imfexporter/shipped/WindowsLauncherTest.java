package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("windows")
class WindowsLauncherTest extends LauncherContract {
  @Override
  String name() {
    return "imf-exporter.cmd";
  }

  @Override
  void makeJava(Path folder) throws IOException {
    Files.copy(Path.of("C:\\imf-bed\\java_stand_in.exe"), folder.resolve("bin/java.exe"));
  }

  /** With {@code /s}, cmd takes off the first quote and the last, and nothing else. */
  @Override
  List<String> command(Path launcher, String... args) {
    String line =
        Stream.concat(Stream.of(launcher.toString()), Stream.of(args))
            .map(arg -> '"' + arg + '"')
            .collect(Collectors.joining(" "));
    return List.of("cmd.exe", "/d", "/s", "/c", '"' + line + '"');
  }

  @Override
  Path makeArchive(Path program) throws IOException {
    return Files.createFile(program.resolve("imf-exporter.jsa"));
  }

  @Override
  String pathWithoutJava(Path empty) {
    return empty.toString();
  }

  @Test
  void javaThatDoesNotSayItsVersionAndIsTooOld() throws Exception {
    Ended ended = run(Map.of("JAVA_HOME", javaHome().toString(), "STAND_IN_VERSION", "11"));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).singleElement().asString().contains("too old");
  }

  @Test
  void ownRuntimeComesBeforeAnyOther() throws Exception {
    Path runtime = home().resolve("runtime");
    Files.createDirectories(runtime.resolve("bin"));
    makeJava(runtime);
    release(runtime, "17.0.9");

    Ended ended = run(Map.of("JAVA_HOME", home().resolve("none").toString()));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("[-jar]");
  }

  /** An archive that a command writes at its end lacks most classes of the server. */
  @Test
  void commandsWriteNoArchiveOfClasses() throws Exception {
    release("25");
    for (String command : List.of("history", "--version")) {
      Ended ended =
          run(Map.of("JAVA_HOME", javaHome().toString()), "--config.file=a b.yml", command);

      assertThat(ended.out())
          .as(command)
          .contains("[" + command + "]")
          .noneMatch(argument -> argument.contains("Archive"));
    }
  }

  @Test
  void serverWritesAnArchiveOfClasses() throws Exception {
    release("25");

    Ended ended = run(Map.of("JAVA_HOME", javaHome().toString()), "--config.file=a b.yml");

    assertThat(ended.out()).contains("[-XX:+AutoCreateSharedArchive]");
  }

  @Test
  void quotesAroundJavaHome() throws Exception {
    Ended ended =
        run(Map.of("JAVA_HOME", '"' + javaHome().toString() + '"', "STAND_IN_VERSION", "17"));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("[-jar]");
  }
}

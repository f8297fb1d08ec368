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
  void quotesAroundJavaHome() throws Exception {
    Ended ended =
        run(Map.of("JAVA_HOME", '"' + javaHome().toString() + '"', "STAND_IN_VERSION", "17"));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("[-jar]");
  }
}

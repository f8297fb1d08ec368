package dev.imfexporter.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class UnixLauncherTest extends LauncherContract {
  @Override
  String name() {
    return "imf-exporter";
  }

  @Override
  void makeJava(Path folder) throws IOException {
    script(folder.resolve("bin/java"), "for argument; do echo \"[$argument]\"; done; exit 3");
  }

  @Override
  List<String> command(Path launcher, String... args) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    return command;
  }

  @Override
  String pathWithoutJava(Path empty) throws IOException {
    for (String tool : List.of("bash", "cat", "cksum", "dirname", "readlink", "sed", "tr")) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(folder -> Path.of(folder, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      script(empty.resolve(tool), "exec " + found + " \"$@\"");
    }
    return empty.toString();
  }

  @Override
  Path makeArchive(Path program) throws Exception {
    Files.copy(Path.of("bin/archive-classes"), launcher().resolveSibling("archive-classes"));
    String flag = "-XX:ArchiveClassesAtExit=";
    // The stand-in for Java writes none; what it prints is where it would be.
    Path out = program.resolve("out");
    script(
        javaHome().resolve("bin/java"),
        "for argument; do echo \"$argument\"; done > '" + out + "'");
    run(Map.of("JAVA_HOME", javaHome().toString()), "archive-classes");
    makeJava(javaHome());
    String named =
        Files.readAllLines(out).stream()
            .filter(line -> line.startsWith(flag))
            .findFirst()
            .orElseThrow();
    Path archive = Path.of(named.substring(flag.length()));
    assertThat(archive.getParent()).isEqualTo(program);
    return Files.createFile(archive);
  }

  @Test
  void worksThroughALink() throws Exception {
    Path first = Files.createSymbolicLink(javaHome().resolve("first"), launcher());
    Path second = Files.createSymbolicLink(javaHome().resolve("imf"), Path.of("first"));
    assertThat(first).isSymbolicLink();
    ProcessBuilder builder = new ProcessBuilder(command(second, "history"));
    builder.environment().put("JAVA_HOME", javaHome().toString());

    Process process = builder.start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .contains("/target/imf-exporter.jar]", "[history]");
  }

  @Test
  void archiveOfAServiceIsInTheFolderThatItsUserMayWrite() throws Exception {
    Path cache = Files.createDirectory(javaHome().resolve("cache"));
    Path own = makeArchive(home().resolve("target"));
    Files.createFile(cache.resolve(own.getFileName()));

    Ended ended =
        run(Map.of("JAVA_HOME", javaHome().toString(), "CACHE_DIRECTORY", cache.toString()));

    assertThat(ended.out())
        .contains("[-XX:SharedArchiveFile=" + cache.resolve(own.getFileName()) + "]");
  }

  private static void script(Path file, String commands) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}

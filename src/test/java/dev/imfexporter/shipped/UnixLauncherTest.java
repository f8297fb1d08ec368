package dev.imfexporter.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
    for (String tool : List.of("bash", "dirname", "readlink", "sed")) {
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

  private static void script(Path file, String commands) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}

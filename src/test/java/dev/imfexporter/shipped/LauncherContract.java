package dev.imfexporter.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a launcher in {@code bin} does, in a folder whose name a shell may misread. Java is a
 * stand-in that prints its arguments, a line each in brackets, and ends with 3.
 */
abstract class LauncherContract {
  private static final int STAND_IN = 3;

  @TempDir private Path temp;
  private Path home = Path.of("");
  private Path java = Path.of("");
  private Path launcher = Path.of("");

  /** What a run of the launcher has left. */
  record Ended(int code, List<String> out, List<String> err) {}

  /** Creates the archive of classes that the launcher would use with this Java. */
  abstract Path makeArchive(Path program) throws Exception;

  /** The launcher, a file in {@code bin}. */
  abstract String name();

  /** Makes the stand-in {@code bin/java} in a folder. */
  abstract void makeJava(Path folder) throws IOException;

  /** The command that runs a launcher. */
  abstract List<String> command(Path launcher, String... args);

  /** A value of PATH with what the launcher needs, and no Java. */
  abstract String pathWithoutJava(Path empty) throws IOException;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectory(temp.resolve("a & b (x86)"));
    java = Files.createDirectories(temp.resolve("Java & Co (x86)"));
    Files.createDirectories(java.resolve("bin"));
    makeJava(java);
    Files.createDirectory(home.resolve("target"));
    Files.createFile(home.resolve("target/imf-exporter.jar"));
    Files.createDirectory(home.resolve("bin"));
    launcher = home.resolve("bin").resolve(name());
    Files.copy(Path.of("bin").resolve(name()), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void startsJavaWithTheArgumentsAsTheyWereGiven() throws Exception {
    release("17.0.9");

    Ended ended = run(Map.of("JAVA_HOME", java.toString()), "history", "--host=a b");

    assertThat(ended.code()).isEqualTo(STAND_IN);
    assertThat(ended.err()).isEmpty();
    List<String> jar = ended.out().subList(ended.out().size() - 4, ended.out().size());
    assertThat(jar.get(0)).isEqualTo("[-jar]");
    assertThat(file(jar.get(1))).isEqualTo(home.resolve("target/imf-exporter.jar"));
    assertThat(jar.subList(2, 4)).containsExactly("[history]", "[--host=a b]");
    assertThat(ended.out())
        .contains("[-Xlog:disable]", "[-Xlog:all=error:stderr]", "[-XX:+DisplayVMOutputToStderr]")
        .contains("[-XX:+ExitOnOutOfMemoryError]")
        .noneMatch(argument -> argument.contains("Archive"));
  }

  @Test
  void optionsOfTheJvmComeAfterItsOwn() throws Exception {
    release("17.0.9");

    Ended ended = run(Map.of("JAVA_HOME", java.toString(), "JAVA_OPTS", "-Xmx512m -Dx=y"), "check");

    assertThat(ended.out())
        .containsSubsequence("[-Xmx48m]", "[-Xmx512m]", "[-Dx=y]", "[-jar]", "[check]");
  }

  @Test
  void javaOnThePath() throws Exception {
    release("21.0.1");

    Ended ended = run(Map.of("PATH", java.resolve("bin") + File.pathSeparator + noJavaPath()));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isEqualTo(STAND_IN);
  }

  @Test
  void archiveOfClassesIsNamedInOneArgument() throws Exception {
    release("25");
    assertThat(home.resolve("target/imf-exporter.jar").toFile().setLastModified(0)).isTrue();
    Path archive = makeArchive(home.resolve("target"));

    Ended ended = run(Map.of("JAVA_HOME", java.toString()));

    String flag = "[-XX:SharedArchiveFile=";
    assertThat(ended.out())
        .filteredOn(argument -> argument.startsWith(flag))
        .singleElement()
        .satisfies(
            argument ->
                assertThat(file("[" + argument.substring(flag.length()))).isEqualTo(archive));
  }

  @Test
  void installedProgramHasItsJarBesideBin() throws Exception {
    release("17.0.9");
    Files.createFile(home.resolve("imf-exporter.jar"));

    Ended ended = run(Map.of("JAVA_HOME", java.toString()));

    assertThat(ended.err()).isEmpty();
    String jar = ended.out().get(ended.out().size() - 1);
    assertThat(file(jar)).isEqualTo(home.resolve("imf-exporter.jar"));
  }

  @Test
  void programThatIsNotBuilt() throws Exception {
    Files.delete(home.resolve("target/imf-exporter.jar"));
    Files.createFile(home.resolve("pom.xml"));

    assertRefused(run(Map.of()), "imf-exporter.jar is missing; build it with");
  }

  @Test
  void programThatIsInstalledInPart() throws Exception {
    Files.delete(home.resolve("target/imf-exporter.jar"));

    assertRefused(run(Map.of()), "imf-exporter.jar is missing; install imf-exporter anew");
  }

  @Test
  void javaHomeWithoutJava() throws Exception {
    assertRefused(
        run(Map.of("JAVA_HOME", home.toString())), "JAVA_HOME names a folder without bin");
  }

  @Test
  void noJava() throws Exception {
    assertRefused(run(Map.of("PATH", noJavaPath())), "Java is missing; install Java 17 or newer");
  }

  @Test
  void javaThatIsTooOld() throws Exception {
    for (String version : List.of("1.8.0_311", "11.0.2", "16")) {
      release(version);

      Ended ended = run(Map.of("JAVA_HOME", java.toString()));

      assertThat(ended.code()).as(version).isEqualTo(1);
      assertThat(ended.err())
          .as(version)
          .singleElement()
          .asString()
          .contains("too old; install Java 17 or newer");
    }
  }

  @Test
  void javaThatDoesNotSayItsVersionStarts() throws Exception {
    Ended ended = run(Map.of("JAVA_HOME", java.toString(), "STAND_IN_VERSION", "17"));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isEqualTo(STAND_IN);
  }

  final Path launcher() {
    return launcher;
  }

  /** The folder above {@code bin}. */
  final Path home() {
    return home;
  }

  final Path javaHome() {
    return java;
  }

  private String noJavaPath() throws IOException {
    return pathWithoutJava(Files.createDirectories(temp.resolve("path")));
  }

  final void release(String version) throws IOException {
    release(java, version);
  }

  static void release(Path folder, String version) throws IOException {
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"A (B) & C\"\nJAVA_VERSION=\"%s\"\nOS_NAME=\"x\"\n".formatted(version));
  }

  /** The file that an argument in brackets names. */
  private static Path file(String argument) {
    return Path.of(argument.substring(1, argument.length() - 1)).normalize();
  }

  private static void assertRefused(Ended ended, String sentence) {
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .singleElement()
        .asString()
        .startsWith("imf-exporter: ")
        .contains(sentence);
  }

  final Ended run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(launcher, args));
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    // What goes to standard error is a few lines, which a pipe holds meanwhile.
    List<String> out = lines(process.getInputStream());
    List<String> err = lines(process.getErrorStream());
    return new Ended(process.waitFor(), out, err);
  }

  private static List<String> lines(InputStream stream) throws IOException {
    // Under Wine, a pipe cannot be asked for its length, as readAllBytes does.
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    stream.transferTo(all);
    return all.toString(UTF_8).lines().toList();
  }
}

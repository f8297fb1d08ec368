package dev.imfexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several files that are read as one configuration. */
class ConfigFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
  }

  @Test
  void sectionsOfAllFilesMerge() throws Exception {
    write(
        "base.yml",
        "modules: { slow: { poll_interval: 30s } }\nauths:\n  a: { username: x, password_file: pw }\n");
    write("pw", "secret");
    write("conf.d/b.yml", "hosts:\n  b: { access: demo, module: slow } # second\n");
    write("conf.d/a.yml", "hosts: { a: { access: smb, auth: a } }");
    write("conf.d/.hidden.yml", "hosts: [");
    write("conf.d/a.yml~", "hosts: [");

    Config config = load("base.yml", "conf.d/*.yml");

    assertThat(config.hosts()).extracting(HostConfig::name).containsExactly("a", "b");
    assertThat(config.hosts().get(1).pollInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.shown())
        .isEqualTo(
            """
            modules:
              slow: {poll_interval: 30s}
            auths:
              a: {username: x, password_file: pw}
            hosts:
              a: {access: smb, auth: a}
              b: {access: demo, module: slow}
            """);
    assertThat(config.shownOf(config.hosts().get(1)))
        .isEqualTo(
            """
            modules:
              slow: {poll_interval: 30s}
            hosts:
              b: {access: demo, module: slow}
            """);
    assertThat(ConfigReader.read("all.yml", config.shown().replace("pw}", folder + "/pw}")).hosts())
        .hasSize(2);
  }

  /** A password file lies beside the file that names it. */
  @Test
  void namesOfFilesAreRelativeToTheirOwnFile() throws Exception {
    write("conf.d/pw", "secret");
    write("conf.d/auths.yml", "auths: { a: { username: x, password_file: pw } }");
    write("hosts.yml", "hosts: { a: { access: smb, auth: a } }");
    assertThat(load("hosts.yml", "conf.d/auths.yml").hosts().get(0).smb()).isPresent();
  }

  @Test
  void aFileThatTwoNamesHaveIsReadOnce() throws Exception {
    write("conf.d/a.yml", "hosts: { a: { access: demo } }");
    assertThat(load("conf.d/a.yml", "conf.d/*.yml", "conf.d/../conf.d/a.yml").hosts()).hasSize(1);
  }

  @Test
  void aFileMayHaveTheCharactersOfAGlobInItsName() throws Exception {
    write("a[1].yml", "hosts: { a: { access: demo } }");
    assertThat(load("a[1].yml").hosts()).hasSize(1);
  }

  @Test
  void aNameThatIsThereTwiceIsAnErrorWithBothPlaces() throws Exception {
    write(
        "one.yml",
        "modules:\n  m: {}\nauths:\n  a: { username: x, password_file: pw }\nhosts:\n  mail01: { access: demo }\n");
    write(
        "two.yml",
        "# two\nhosts:\n  MAIL01: { access: demo }\nmodules:\n  m: {}\nauths:\n  a: { username: x, password_file: pw }\n");
    write("pw", "secret");
    assertThat(errors("one.yml", "two.yml"))
        .containsExactly(
            "two.yml:3: hosts.MAIL01: is the same host as mail01 in one.yml:6",
            "two.yml:5: modules.m: is given twice, first in one.yml:2",
            "two.yml:7: auths.a: is given twice, first in one.yml:4");
  }

  @Test
  void onlyOneHostOfAllFilesIsThisMachine() throws Exception {
    write("one.yml", "hosts: { a: { access: local } }");
    write("two.yml", "hosts:\n  b: { access: local }\n");
    assertThat(errors("one.yml", "two.yml"))
        .containsExactly(
            "two.yml:2: hosts.b: only one host is this machine, and that is a in one.yml:1");
  }

  @Test
  void errorsOfAllFilesAreThereAtOnce() throws Exception {
    write("one.yml", "hosts:\n  a: { access: snmp }\n");
    write("two.yml", "hosts:\n  b: { access: demo, module: none }\nnames: {}\n");
    assertThat(errors("one.yml", "two.yml"))
        .containsExactly(
            "one.yml:2: hosts.a.access: expected local, win32, smb or demo, found \"snmp\"",
            "two.yml:2: hosts.b.module: expected the name of one of the modules, found \"none\"",
            "two.yml:3: names: unknown key, expected one of modules, auths, hosts");
  }

  /** What the other files name in it is not said to be missing. */
  @Test
  void filesThatCannotBeReadAreNamedFirst() throws Exception {
    write("hosts.yml", "hosts: { a: { access: demo, module: m } }");
    write("broken.yml", "modules: [");
    List<String> errors = errors("hosts.yml", "broken.yml", "none.yml", "conf.d/*.yml");
    assertThat(errors).containsExactly("conf.d/*.yml: matches no file", "none.yml: does not exist");
    assertThat(errors("hosts.yml", "broken.yml"))
        .singleElement()
        .asString()
        .startsWith("broken.yml:");
  }

  @Test
  void noHostAtAll() throws Exception {
    write("one.yml", "modules: { m: {} }");
    write("two.yml", "");
    assertThat(errors("one.yml", "two.yml"))
        .containsExactly(
            "one.yml:1: hosts: expected hosts to watch, such as mail01: { access: win32 }");
  }

  @Test
  void moreErrorsThanAreShownAreCounted() throws Exception {
    for (String file : List.of("one.yml", "two.yml")) {
      StringBuilder text = new StringBuilder("hosts:\n");
      for (int i = 0; i < 80; i++) {
        text.append("  %s%d: {}\n".formatted(file.charAt(0), i));
      }
      write(file, text.toString());
    }
    assertThat(errors("one.yml", "two.yml"))
        .hasSize(101)
        .last()
        .isEqualTo("two.yml: 60 further errors are not shown");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'want a name, found nothing'",
    "conf.*/a.yml, 'only the name of a file may be a glob, not that of its folder'",
  })
  void wrongNames(String name, String sentence) {
    assertThatThrownBy(() -> ConfigFile.parse(name)).hasMessage(sentence);
  }

  @Test
  void aGlobThatIsNone() {
    assertThatThrownBy(() -> ConfigFile.parse("conf.d/[.yml"))
        .hasMessageStartingWith("no glob has this form: ");
  }

  @Test
  void anAbsoluteNameStaysAGlob() throws Exception {
    write("conf.d/a.yml", "hosts: { a: { access: demo } }");
    ConfigFile absolute = ConfigFile.parse(folder + "/conf.d/*.yml").absolute();
    assertThat(absolute).hasToString(folder.resolve("conf.d") + "/*.yml");
    assertThat(absolute.files()).containsExactly(folder.resolve("conf.d").resolve("a.yml"));
  }

  @Test
  void theDigestFollowsEachChange() throws Exception {
    write("conf.d/a.yml", "hosts: { a: { access: demo } }");
    ConfigFiles files = files("conf.d/*.yml");
    String first = files.digest();
    assertThat(files.digest()).isEqualTo(first);

    write("conf.d/a.yml", "hosts: { b: { access: demo } }");
    String changed = files.digest();
    write("conf.d/b.yml", "");
    String added = files.digest();
    Files.move(folder.resolve("conf.d/b.yml"), folder.resolve("conf.d/c.yml"));
    String renamed = files.digest();
    Files.delete(folder.resolve("conf.d/c.yml"));
    assertThat(files.digest()).isEqualTo(changed);
    Files.delete(folder.resolve("conf.d/a.yml"));
    String gone = files.digest();
    assertThat(List.of(first, changed, added, renamed, gone)).doesNotHaveDuplicates();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private ConfigFiles files(String... names) {
    return new ConfigFiles(
        Arrays.stream(names).map(name -> ConfigFile.parse(folder + "/" + name)).toList());
  }

  private Config load(String... names) throws ConfigException {
    return files(names).load();
  }

  private List<String> errors(String... names) {
    return catchThrowableOfType(ConfigException.class, () -> load(names)).errors().stream()
        .map(error -> error.toString().replace(folder + "/", ""))
        .toList();
  }
}

package dev.imfexporter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares the code with the room table of docs/architecture.md, which it reads. */
class RoomsTest {
  private static final Path DOCUMENT = Path.of("docs/architecture.md");
  private static final String ROOT = "dev.imfexporter.";
  private static final int MOST_LEVELS_OF_WATCH = 6;

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9.]+)` \\|[^|]*\\| ([^|]*) \\|$");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("dev.imfexporter");

  /** What each room may import besides the JDK, JSpecify and itself: rooms, and packages. */
  private static final Map<String, List<String>> ROOMS = rooms();

  private static Map<String, List<String>> rooms() {
    Map<String, List<String>> rooms = new HashMap<>();
    Matcher row = ROW.matcher(read());
    while (row.find()) {
      rooms.put(row.group(1), NAME.matcher(row.group(2)).results().map(RoomsTest::name).toList());
    }
    return rooms;
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }

  private static String read() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  List<DynamicTest> eachRoomImportsOnlyWhatItsRowAllows() {
    List<DynamicTest> tests = new ArrayList<>();
    ROOMS.forEach(
        (room, imports) -> {
          List<String> allowed = new ArrayList<>(List.of("java..", "javax..", "org.jspecify.."));
          allowed.add("");
          allowed.add(ROOT + room);
          imports.forEach(name -> allowed.add(ROOMS.containsKey(name) ? ROOT + name : name + ".."));
          tests.add(
              DynamicTest.dynamicTest(
                  room,
                  () ->
                      classes()
                          .that()
                          .resideInAPackage(ROOT + room)
                          .should()
                          .onlyDependOnClassesThat()
                          .resideInAnyPackage(allowed.toArray(String[]::new))
                          .check(PRODUCT)));
        });
    return tests;
  }

  @Test
  void theTableNamesEachPackageAndNoOther() {
    List<String> packages =
        PRODUCT.stream()
            .map(type -> type.getPackageName())
            .distinct()
            .map(name -> name.substring(ROOT.length()))
            .toList();
    assertThat(ROOMS.keySet()).containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void noRoomsImportEachOther() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void watchHasFewImportLevels() {
    assertThat(levels("watch")).isLessThanOrEqualTo(MOST_LEVELS_OF_WATCH);
  }

  private static int levels(String room) {
    return 1
        + ROOMS.getOrDefault(room, List.of()).stream()
            .filter(name -> name.startsWith("watch"))
            .mapToInt(RoomsTest::levels)
            .max()
            .orElse(0);
  }
}

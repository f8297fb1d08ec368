package dev.imfexporter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps the room table of docs/architecture.md true. */
class RoomsTest {
  private static final String ROOT = "dev.imfexporter.";
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.imfexporter");

  /** What a room may name besides the JDK, JSpecify and itself. */
  private record Room(String name, List<String> rooms, List<String> libraries) {}

  private static final List<Room> ROOMS =
      List.of(
          new Room("access", List.of(), List.of()),
          new Room("access.format", List.of("access"), List.of()),
          new Room("access.win32", List.of("access", "access.format"), List.of("com.sun.jna..")),
          new Room(
              "access.smb",
              List.of("access", "access.format", "access.smb.rpc"),
              List.of("com.hierynomus..", "jcifs..", "org.bouncycastle..")),
          new Room("access.smb.rpc", List.of("access", "access.format"), List.of()),
          new Room("access.demo", List.of("access", "access.format"), List.of()),
          new Room("reading", List.of("access", "access.format"), List.of()),
          new Room("reading.event", List.of("reading", "access", "access.format"), List.of()),
          new Room("text", List.of(), List.of()),
          new Room("watch", List.of("reading", "access", "text"), List.of()),
          new Room("diagnosis", List.of("watch", "reading", "access", "text"), List.of()),
          new Room(
              "journal", List.of("watch", "reading", "access"), List.of("com.fasterxml.jackson..")),
          new Room("metric", List.of(), List.of()),
          new Room(
              "exposition",
              List.of("metric", "watch", "reading", "access"),
              List.of("io.prometheus.client..", "io.micrometer..")),
          new Room(
              "http",
              List.of("exposition", "watch", "reading", "access", "text"),
              List.of(
                  "io.javalin..",
                  "org.eclipse.jetty..",
                  "jakarta.servlet..",
                  "kotlin..",
                  "com.fasterxml.jackson..")),
          new Room("config", List.of(), List.of("com.fasterxml.jackson..")));

  @TestFactory
  List<DynamicTest> eachRoomImportsOnlyWhatItMay() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Room room : ROOMS) {
      List<String> allowed =
          new ArrayList<>(List.of("java..", "javax..", "org.jspecify.annotations..", ""));
      allowed.add(ROOT + room.name());
      room.rooms().forEach(r -> allowed.add(ROOT + r));
      allowed.addAll(room.libraries());
      tests.add(
          DynamicTest.dynamicTest(
              room.name(),
              () ->
                  classes()
                      .that()
                      .resideInAPackage(ROOT + room.name())
                      .should()
                      .onlyDependOnClassesThat()
                      .resideInAnyPackage(allowed.toArray(String[]::new))
                      .check(PRODUCT)));
    }
    return tests;
  }

  @Test
  void everyPackageIsARoom() {
    List<String> rooms = new ArrayList<>(ROOMS.stream().map(r -> ROOT + r.name()).toList());
    rooms.add(ROOT + "cli");
    classes().should().resideInAnyPackage(rooms.toArray(String[]::new)).check(PRODUCT);
  }

  @Test
  void nativeCodeStaysInItsRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "access.win32")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(PRODUCT);
  }
}

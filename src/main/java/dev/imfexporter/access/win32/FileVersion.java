package dev.imfexporter.access.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.VerRsrc.VS_FIXEDFILEINFO;
import com.sun.jna.platform.win32.Version;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The version resource of a file (<a
 * href="https://learn.microsoft.com/windows/win32/menurc/version-information">page</a>).
 *
 * @param number of the file, as four numbers
 */
record FileVersion(Optional<String> company, Optional<String> number) {
  private static final Version VERSION = Version.INSTANCE;

  private static final int MAX_BYTES = 1024 * 1024;
  private static final int TRANSLATION_BYTES = 4;

  /** The tables of strings to try in files that name no translation, or a wrong one. */
  private static final List<String> USUAL = List.of("040904b0", "040904e4", "04090000");

  /** Empty when the file has no such resource or cannot be read. */
  static Optional<FileVersion> of(String path) {
    int bytes = VERSION.GetFileVersionInfoSize(path, null);
    if (bytes <= 0 || bytes > MAX_BYTES) {
      return Optional.empty();
    }
    try (Memory resource = new Memory(bytes)) {
      if (!VERSION.GetFileVersionInfo(path, 0, bytes, resource)) {
        return Optional.empty();
      }
      return Optional.of(new FileVersion(company(resource), number(resource)));
    }
  }

  private static Optional<String> company(Memory resource) {
    List<String> tables = new ArrayList<>(translations(resource));
    tables.addAll(USUAL);
    return tables.stream()
        .map(table -> query(resource, "\\StringFileInfo\\" + table + "\\CompanyName"))
        .flatMap(Optional::stream)
        .map(value -> value.at.getWideString(0).strip())
        .filter(company -> !company.isEmpty())
        .findFirst();
  }

  /** Language and code page, as the tables of strings are named. */
  private static List<String> translations(Memory resource) {
    List<String> names = new ArrayList<>();
    query(resource, "\\VarFileInfo\\Translation")
        .ifPresent(
            value -> {
              for (int i = 0; i + TRANSLATION_BYTES <= value.length; i += TRANSLATION_BYTES) {
                names.add(
                    "%04x%04x".formatted(value.at.getShort(i), value.at.getShort(i + Short.BYTES)));
              }
            });
    return names;
  }

  private static Optional<String> number(Memory resource) {
    return query(resource, "\\")
        .map(value -> new VS_FIXEDFILEINFO(value.at))
        .map(
            info ->
                "%d.%d.%d.%d"
                    .formatted(
                        info.getFileVersionMajor(),
                        info.getFileVersionMinor(),
                        info.getFileVersionRevision(),
                        info.getFileVersionBuild()));
  }

  /** A value inside of the resource; its length is in characters for text, else in bytes. */
  private record Value(Pointer at, int length) {}

  private static Optional<Value> query(Memory resource, String name) {
    PointerByReference at = new PointerByReference();
    IntByReference length = new IntByReference();
    return VERSION.VerQueryValue(resource, name, at, length) && length.getValue() > 0
        ? Optional.of(new Value(at.getValue(), length.getValue()))
        : Optional.empty();
  }
}

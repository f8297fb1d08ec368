package dev.imfexporter.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A value of {@code --config.file}: the name of a file, or a glob such as {@code conf.d/*.yml}.
 *
 * @param text as the user wrote it
 * @param folder empty for the working directory
 * @param name a file in it, or a glob in the syntax of {@link
 *     java.nio.file.FileSystem#getPathMatcher}
 */
public record ConfigFile(String text, Path folder, String name) {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");
  private static final Pattern SEPARATOR =
      Pattern.compile(Path.of("a", "b").toString().contains("\\") ? ".*[/\\\\]" : ".*/");

  /** A folder of more files is hardly one of configurations. */
  private static final int MOST_FILES = 1000;

  /**
   * Reads the name of a file, or a glob in it.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static ConfigFile parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("want a name, found nothing");
    }
    Matcher separator = SEPARATOR.matcher(text);
    String folder = separator.lookingAt() ? separator.group() : "";
    if (folder.contains("*") || folder.contains("?")) {
      throw new IllegalArgumentException(
          "only the name of a file may be a glob, not that of its folder");
    }
    ConfigFile file = new ConfigFile(text, path(folder), text.substring(folder.length()));
    if (!file.isGlob()) {
      path(text);
    } else {
      file.matcher();
    }
    return file;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no file can have this name: " + e.getReason(), e);
    }
  }

  private boolean isGlob() {
    return GLOB.matcher(name).find();
  }

  private PathMatcher matcher() {
    try {
      return folder.getFileSystem().getPathMatcher("glob:" + name);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("no glob has this form: " + e.getDescription(), e);
    }
  }

  /** The same from any working directory. */
  public ConfigFile absolute() {
    Path absolute = absoluteFolder();
    Path joined = absolute.resolve("x");
    String start = joined.toString();
    return new ConfigFile(start.substring(0, start.length() - 1) + name, absolute, name);
  }

  /** Where the files are. */
  public Path absoluteFolder() {
    return folder.toAbsolutePath().normalize();
  }

  /**
   * The file, whether it is there or not; or all that match the glob now, by name. As in a shell, a
   * glob matches no name that begins with a dot, unless it does so itself.
   *
   * @throws ConfigException if a glob matches no file, or more than {@link #MOST_FILES}
   */
  List<Path> files() throws ConfigException {
    Optional<Path> literal = literal();
    if (literal.isPresent()) {
      return List.of(literal.get());
    }
    List<Path> found = new ArrayList<>();
    PathMatcher glob = matcher();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, each -> matches(glob, each.getFileName()))) {
      for (Path each : all) {
        found.add(folder.resolve(each.getFileName()));
        if (found.size() > MOST_FILES) {
          throw wrong("matches more than " + MOST_FILES + " files");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw wrong("its folder " + TextFile.sentence(Objects.requireNonNull(e.getCause())));
    } catch (IOException e) {
      throw wrong("its folder " + TextFile.sentence(e));
    }
    if (found.isEmpty()) {
      throw wrong("matches no file");
    }
    Collections.sort(found);
    return found;
  }

  private boolean matches(PathMatcher glob, Path file) {
    return glob.matches(file) && (name.startsWith(".") || !file.toString().startsWith("."));
  }

  /** A file may have the characters of a glob in its name. */
  private Optional<Path> literal() {
    try {
      Path path = Path.of(text);
      return !isGlob() || Files.exists(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty(); // On Windows, where no file has an asterisk in its name.
    }
  }

  private ConfigException wrong(String sentence) {
    return new ConfigException(List.of(new ConfigError(text, 0, "", sentence)));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text;
  }
}

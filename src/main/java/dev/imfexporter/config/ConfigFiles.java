package dev.imfexporter.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of a configuration, which together are read as one.
 *
 * @param names in the order of the command line; empty for a configuration without a file
 */
public record ConfigFiles(List<ConfigFile> names) {
  /** No file. */
  public static final ConfigFiles NONE = new ConfigFiles(List.of());

  public ConfigFiles {
    names = List.copyOf(names);
  }

  /** One file. */
  public static ConfigFiles of(Path file) {
    return new ConfigFiles(List.of(ConfigFile.parse(file.toString())));
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** The folder of the first name; empty without a name. */
  public Optional<Path> folder() {
    return names.stream().findFirst().map(ConfigFile::absoluteFolder);
  }

  /** The folders of all names, each once. */
  public List<Path> folders() {
    return names.stream().map(ConfigFile::absoluteFolder).distinct().toList();
  }

  /**
   * Reads all files, of which there is at least one name; the globs anew.
   *
   * @throws ConfigException with all errors, if there are any
   */
  public Config load() throws ConfigException {
    List<ConfigException> wrong = new ArrayList<>();
    List<ConfigReader.Text> texts = new ArrayList<>();
    for (Path file : files(wrong)) {
      try {
        texts.add(new ConfigReader.Text(file.toString(), TextFile.configuration(file)));
      } catch (ConfigException e) {
        wrong.add(e);
      }
    }
    ConfigException.throwIfAny(wrong);
    return ConfigReader.read(texts);
  }

  /** Each file once. */
  private List<Path> files(List<ConfigException> wrong) {
    Map<Path, Path> files = new LinkedHashMap<>();
    for (ConfigFile name : names) {
      try {
        name.files().forEach(file -> files.putIfAbsent(file.toAbsolutePath().normalize(), file));
      } catch (ConfigException e) {
        wrong.add(e);
      }
    }
    return List.copyOf(files.values());
  }

  /**
   * A digest of the names and the contents of all files as they are now: another one if any of them
   * was changed, added or removed. Never fails: a file that cannot be read counts as such.
   */
  public String digest() {
    MessageDigest digest = sha256();
    List<ConfigException> wrong = new ArrayList<>();
    for (Path file : files(wrong)) {
      add(digest, file.toString().getBytes(StandardCharsets.UTF_8));
      try {
        byte[] bytes = new TextFile(file, TextFile.Kind.CONFIGURATION).bytes();
        add(digest, bytes);
        Arrays.fill(bytes, (byte) 0);
      } catch (TextFile.Unusable e) {
        digest.update((byte) 0);
      }
    }
    return HexFormat.of().formatHex(digest.digest()) + (wrong.isEmpty() ? "" : " unreadable");
  }

  /** With its length, so that no two lists of texts are the same bytes. */
  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** As the user wrote them. */
  @Override
  public String toString() {
    return names.stream().map(ConfigFile::toString).collect(Collectors.joining(", "));
  }
}

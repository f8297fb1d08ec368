package dev.imfexporter.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An archive of evidence as one piece, as an exporter sends it, and what it says of itself. */
public final class Archive {
  private static final Pattern FIRST =
      Pattern.compile("(imf-evidence-[A-Za-z0-9._-]{1,300})/" + Pattern.quote(AboutHost.FILE));

  private static final int MOST_BYTES = 64 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final String name;
  private final About about;
  private final byte[] content;

  /** What is needed of {@link AboutHost}. */
  private record About(Instant collectedAt, boolean servicesRead) {}

  private Archive(String name, About about, byte[] content) {
    this.name = name;
    this.about = about;
    this.content = content;
  }

  /**
   * Empty if these bytes are no archive of evidence.
   *
   * @param content belongs to the archive from then on
   */
  public static Optional<Archive> of(byte[] content) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      ZipEntry first = zip.getNextEntry();
      Matcher name = FIRST.matcher(first == null ? "" : first.getName());
      if (!name.matches()) {
        return Optional.empty();
      }
      byte[] json = zip.readNBytes(MOST_BYTES);
      return about(json).map(about -> new Archive(name.group(1), about, content));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<About> about(byte[] json) throws IOException {
    try {
      About about = MAPPER.readValue(json, About.class);
      return Optional.ofNullable(about).filter(it -> it.collectedAt() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Its name and that of the folder in it, without {@code .zip}. */
  public String name() {
    return name;
  }

  /** When the newest reading in it ended. */
  public Instant collectedAt() {
    return about.collectedAt();
  }

  /** Whether the services of the host could be read. */
  public boolean servicesRead() {
    return about.servicesRead();
  }

  /** Writes it and leaves the stream open. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }
}

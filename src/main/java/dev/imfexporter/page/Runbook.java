package dev.imfexporter.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shipped runbook: what to do about an alert. The build packs {@code docs/runbooks} into the jar.
 *
 * @param name of the alert; {@code README} for the list of all
 * @param markdown with placeholders ({@link Placeholder})
 */
public record Runbook(String name, String markdown) {
  private static final String INDEX = "README";
  private static final Pattern ALERT = Pattern.compile("Imf[A-Za-z]+");

  /** The runbook of an alert; empty if there is none of exactly that name. */
  public static Optional<Runbook> of(String alert) {
    return ALERT.matcher(alert).matches() ? read(alert) : Optional.empty();
  }

  /** The list of all runbooks. */
  public static Runbook index() {
    return read(INDEX)
        .orElseThrow(
            () -> new IllegalStateException("the runbooks are missing from the program's jar"));
  }

  boolean isIndex() {
    return name.equals(INDEX);
  }

  private static Optional<Runbook> read(String name) {
    try (@Nullable InputStream file =
        Runbook.class.getResourceAsStream("runbooks/" + name + ".md")) {
      return file == null
          ? Optional.empty()
          : Optional.of(new Runbook(name, new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

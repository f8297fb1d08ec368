package dev.imfexporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.imfexporter.config.DurationText;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.journal.Recovered;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** Prints what happened, from the journal. */
@Command(
    name = "history",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    header = "Prints past outages and updates, also while imf-exporter runs.",
    description = {
      "",
      "Prints the outages of services and the updates with their outcomes (episodes) that"
          + " imf-exporter has kept on disk. It reads only, and needs no connection to the host.",
      ""
    },
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:printed, even if nothing happened",
      " 1:there is no such history, or it cannot be read",
      " 2:the command line is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter history --since 7d",
      "      the last week of every host",
      "  imf-exporter history --host mail01 --format json | jq '.[] | select(.type == \"episode\")'",
      "      the updates of one host, for a program",
    })
final class HistoryCommand implements Callable<Integer> {
  private final PrintStream out;
  private final boolean colour;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Option(names = "--host", paramLabel = "HOST", description = "One host. Default: every host.")
  private @Nullable String host;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "What was not over so long ago, such as 12h or 7d. Default: all that is kept.")
  private @Nullable Duration since;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TABLE;

  /** How history is printed. */
  enum Format {
    /** For people, at most 100 columns wide. */
    TABLE,
    /** One array of objects, each with its type. */
    JSON,
    /** Comma-separated values (RFC 4180) with a header. */
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Prints to that stream, with colours for terminals if wanted. */
  HistoryCommand(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  @Override
  public Integer call() throws CannotStart {
    Instant now = Instant.now();
    Path folder = folder();
    List<Past> pasts = new ArrayList<>();
    for (String name : hosts(folder)) {
      Past past = Past.of(name, read(folder, name).facts());
      pasts.add(since == null ? past : past.since(now.minus(since)));
    }
    String text =
        switch (format) {
          case TABLE ->
              new HistoryTable(ZoneId.systemDefault().getRules().getOffset(now), now, colour)
                  .text(folder, pasts);
          case JSON -> HistoryRows.json(pasts);
          case CSV -> HistoryRows.csv(pasts);
        };
    byte[] bytes = text.getBytes(UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
    return Main.OK;
  }

  private Path folder() throws CannotStart {
    List<Path> places = Storage.places(options);
    for (Path place : places) {
      if (!Files.isDirectory(place)) {
        throw new CannotStart(place + ": there is no such folder, so there is no history in it");
      }
      if (!list(place).isEmpty() || places.size() == 1) {
        return place;
      }
    }
    return places.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new CannotStart(
                    "there is no history yet, or it is not where it usually is: name its folder by"
                        + " --storage.path=DIR"));
  }

  private List<String> hosts(Path folder) throws CannotStart {
    List<String> all = list(folder);
    if (host == null) {
      return all;
    }
    // The name of a host that is too long for a file is not in the list.
    if (JournalReader.has(folder, host)) {
      return List.of(host);
    }
    throw new CannotStart(
        folder
            + " has no history of "
            + host
            + (all.isEmpty() ? "; it is empty" : ", but of " + String.join(", ", all)));
  }

  private static List<String> list(Path folder) throws CannotStart {
    try {
      return JournalReader.hosts(folder);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static Recovered read(Path folder, String host) throws CannotStart {
    try {
      Optional<Recovered> recovered = JournalReader.read(folder, host);
      return recovered.orElseGet(() -> new Recovered(List.of(), 0, 0, false, 0, 0));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static CannotStart unreadable(Path folder, IOException e) {
    return new CannotStart(
        folder
            + " cannot be read: "
            + (e instanceof AccessDeniedException
                ? "your account has no right to, try as the account that runs imf-exporter"
                : e.getMessage()));
  }

  /** Made by picocli. */
  static final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return DurationText.parse(text)
          .filter(duration -> !duration.isZero())
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "want a duration with its unit, such as 12h or 7d, not '" + text + "'"));
    }
  }
}

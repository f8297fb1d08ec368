package dev.imfexporter.cli;

import dev.imfexporter.config.DurationText;
import dev.imfexporter.fleet.Storage;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.journal.JournalReader;
import dev.imfexporter.text.TimeView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** Prints what happened, from the journal. */
@Command(
    name = "history",
    header = "Prints past outages and updates, also while imf-exporter runs.",
    description = {
      "",
      "Prints the outages of services and the updates with their outcomes (episodes) that"
          + " imf-exporter has kept on disk. It reads only, and needs no connection to the host.",
      ""
    },
    exitCodeList = {
      " 0:printed, even if nothing happened, or a part of the history is damaged, as the standard error then says",
      " 1:there is no such history, or it cannot be read",
      " 2:the command line is wrong",
      " 3:the output could not be written"
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
  private final PrintStream err;
  private final boolean colour;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Mixin private final HostArgument host = new HostArgument();

  @Mixin private final ZoneOption zone = new ZoneOption();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Only what ended within this time, such as 12h or 7d, or has not ended. Default: all"
              + " that is kept.")
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
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--changes",
      description =
          "For each update, which settings it left different than before, and the commands that put"
              + " them back.")
  private boolean changes;

  HistoryCommand(PrintStream out, PrintStream err, boolean colour) {
    this.out = out;
    this.err = err;
    this.colour = colour;
  }

  @Override
  public Integer call() throws UsageException {
    Instant now = Instant.now();
    Path folder = folder();
    List<HostHistoryRecord> hosts = new ArrayList<>();
    String one = host.name();
    for (String name : one == null ? hosts(folder) : List.of(one)) {
      HostHistoryRecord all = history(folder, name);
      hosts.add(since == null ? all : all.since(now.minus(since)));
    }
    TerminalText.print(
        out,
        switch (format) {
          case TABLE ->
              new HistoryTable(new TimeView(now, zone.orHere()), changes, colour)
                  .text(folder, hosts);
          case JSON -> HistoryJson.of(hosts);
        });
    return Main.OK;
  }

  private Path folder() throws UsageException {
    List<Path> places = Storage.places(options.storagePath, options.configFiles());
    for (Path place : places) {
      if (!Files.isDirectory(place)) {
        throw new UsageException(place + ": there is no such folder, so there is no history in it");
      }
      if (places.size() == 1 || !hosts(place).isEmpty()) {
        return place;
      }
    }
    return places.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no history yet, or it is not where it usually is: name its folder by"
                        + " --storage.path=DIR. An exporter that has none, as a demo, keeps what"
                        + " its pages show in memory only"));
  }

  private static List<String> hosts(Path folder) throws UsageException {
    try {
      return JournalReader.hosts(folder);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private HostHistoryRecord history(Path folder, String host) throws UsageException {
    try {
      Optional<JournalReader.Kept> kept = JournalReader.kept(folder, host);
      if (kept.isPresent()) {
        kept.get().damage().ifPresent(sentence -> err.println("imf-exporter: " + sentence));
        return HostHistoryRecord.of(host, kept.get().facts(), kept.get().written());
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    List<String> all = hosts(folder);
    throw new UsageException(
        folder
            + " has no history of "
            + host
            + (all.isEmpty() ? "; it is empty" : ", but of " + String.join(", ", all)));
  }

  /**
   * Names the file, or the folder if no file is known, the reason and, without the right to read
   * it, the next step.
   */
  static UsageException unreadable(Path folder, IOException e) {
    String what = folder.toString();
    String why = e.getMessage();
    if (e instanceof FileSystemException of && of.getFile() != null) {
      what = of.getFile();
      why = of.getReason() == null ? why : of.getReason();
    }
    return new UsageException(
        what
            + " cannot be read: "
            + (e instanceof AccessDeniedException
                ? "your account has no right to, try as the account that runs imf-exporter"
                : why));
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

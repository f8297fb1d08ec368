package dev.imfexporter.cli;

import dev.imfexporter.config.Config;
import dev.imfexporter.config.ConfigException;
import dev.imfexporter.config.HostConfig;
import dev.imfexporter.diagnosis.FreshReading;
import dev.imfexporter.diagnosis.KeptEpisodes;
import dev.imfexporter.evidence.Archive;
import dev.imfexporter.evidence.Evidence;
import dev.imfexporter.evidence.EvidenceBundle;
import dev.imfexporter.fleet.Configuration;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.logging.LogFormat;
import dev.imfexporter.logging.LogLevel;
import dev.imfexporter.logging.Logging;
import dev.imfexporter.text.TimeView;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.EpisodeHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** Writes what is known of a host into an archive. */
@Command(
    name = "evidence",
    header = "Writes what is known of a host into an archive, for the maker of a plug-in.",
    description = {
      "",
      "Reads the host now, adds the history that an exporter has kept of it, and writes a ZIP file:"
          + " the update and the outages around it, states of services, events, modules with"
          + " versions, metrics. Its README.txt explains each file. It has no passwords and no"
          + " accounts; look through it before you send it. If an exporter watches the host, it is"
          + " asked instead, so that both say the same. Its page of a host has the same as a"
          + " download, without single events.",
      ""
    },
    exitCodeList = {
      " 0:written",
      " 1:the host could not be read; the archive is written all the same and says why",
      " 2:the command line or the configuration is wrong, or there is no such host or episode",
      " 3:the archive could not be written; nothing is left of it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imf-exporter evidence mail01 --config.file=imf-exporter.yml",
      "      the host as it is now and its newest episode, into this folder",
      "  imf-exporter evidence mail01 --episode 3 --output case-4711.zip",
      "      the episode that history lists as number 3",
    })
final class EvidenceCommand implements Callable<Integer> {
  private static final int NOT_FOUND = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Duration between;

  @SuppressWarnings("NullAway.Init") // by picocli
  @ParentCommand
  private Options options;

  @Mixin private final HostArgument host = new HostArgument();

  @Mixin private final ExporterOption exporter = new ExporterOption();

  @Mixin private final ZoneOption zone = new ZoneOption();

  @Option(
      names = "--episode",
      paramLabel = "NUMBER",
      converter = NumberConverter.class,
      description = "The episode that the archive is about. Default: the newest.")
  private @Nullable Long episode;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      converter = Options.NameConverter.class,
      description =
          "Where to write it; a file that is there is not replaced. Default:"
              + " imf-evidence-HOST-TIME.zip in this folder.")
  private @Nullable Path output;

  /**
   * @param between the pause between two readings, in which messages can leave
   */
  EvidenceCommand(PrintStream out, PrintStream err, Duration between) {
    this.out = out;
    this.err = err;
    this.between = between;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(LogLevel.ERROR, LogFormat.LOGFMT, err);
    Archive archive;
    try {
      archive = archive();
    } catch (UsageException | ConfigException e) {
      Main.explain(e, err);
      return NOT_FOUND;
    }
    TimeView now = new TimeView(Instant.now(), zone.orHere());
    err.println("The evidence is as of %s.".formatted(now.moment(archive.collectedAt())));
    Path file = output == null ? Path.of(archive.name() + ".zip") : output;
    try {
      OutputFile.create(file, archive::writeTo);
    } catch (UsageException e) {
      Main.explain(e, err);
      return Main.OUTPUT_LOST;
    }
    TerminalText.print(out, file + "\n");
    return archive.servicesRead() ? Main.OK : Main.FAILED;
  }

  private Archive archive() throws ConfigException, UsageException, InterruptedException {
    String name = host.name();
    ExporterOrHost source = exporter.read(err);
    if (source.isNamed()) {
      return source.ask(name == null ? options.host(null).name() : name, this::ask);
    }
    Config all = Configuration.read(options.configFiles(), options.demoStart);
    return source.of(options.host(name), options, this::ask, config -> read(all, config));
  }

  private Archive ask(RunningExporter running, String name) throws UsageException {
    return running.evidence(name, Optional.ofNullable(episode));
  }

  private Archive read(Config all, HostConfig config) throws UsageException, InterruptedException {
    FreshReading reading = new HostReader(options, between).readWithEvents(config);
    EpisodeHistory episodes = reading.snapshot().history().episodes();
    Optional<Episode> about = episode == null ? episodes.newest() : episodes.find(episode);
    if (episode != null && about.isEmpty()) {
      throw new UsageException(noEpisode(reading.snapshot(), episode));
    }
    Evidence evidence = Evidence.of(reading, about, all.shownOf(config), Version.current());
    return Archive.of(EvidenceBundle.of(evidence).zip()).orElseThrow();
  }

  private static String noEpisode(HostSnapshot host, long number) {
    return KeptEpisodes.without(host, String.valueOf(number))
        + (KeptEpisodes.any(host) ? "" : "; is --storage.path that of the exporter?");
  }

  /** Made by picocli. */
  static final class NumberConverter implements CommandLine.ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (!text.matches("[1-9][0-9]{0,17}")) {
        throw new TypeConversionException(
            "want the number of an episode, such as 3, as history and the page of the host list"
                + " them, not '%s'".formatted(text));
      }
      return Long.valueOf(text);
    }
  }
}

package dev.imfexporter.cli;

import dev.imfexporter.fleet.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes an archive of classes. {@code bin/imf-exporter} runs {@code bin/archive-classes} instead,
 * which names the archive by the Java that it is for.
 */
@Command(
    name = ArchiveClassesCommand.NAME,
    header = "Writes an archive of classes, so that a start takes less time.",
    description = {
      "",
      "For the Java that runs it, into the folder of the program; takes from seconds to minutes."
          + " A service uses one that was there when it was installed. An upgrade needs another one."
          + " Without it the exporter starts all the same.",
      ""
    },
    exitCodeList = {" 0:there is one", " 1:it cannot be written", " 2:the command line is wrong"})
final class ArchiveClassesCommand implements Callable<Integer> {
  static final String NAME = "archive-classes";
  static final String TRAINING = "--training";

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = TRAINING,
      hidden = true,
      description = "Serve a scrape and a page on a free port, and end.")
  private boolean training;

  ArchiveClassesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    if (training) {
      return new TrainingRun(err).run();
    }
    ClassArchive archive = new ClassArchive(ProgramFiles.ofThisProcess());
    archive.renew(out::println);
    out.println("The archive of classes is " + archive.file());
    return Main.OK;
  }
}

package dev.imfexporter.cli;

import dev.imfexporter.config.ConfigSchema;
import dev.imfexporter.fleet.UsageException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the JSON Schema of the configuration file. */
@Command(
    name = "schema",
    header = "Prints the JSON Schema of the configuration file, for editors.",
    description = {
      "",
      "An editor with the YAML language server then completes the keys and marks what is wrong, if"
          + " the first line of the file is",
      "# yaml-language-server: $schema=imf-exporter.schema.json",
      ""
    },
    exitCodeList = {
      " 0:printed",
      " 1:the file cannot be written",
      " 2:the command line is wrong",
      " 3:the output could not be written"
    })
final class SchemaCommand implements Callable<Integer> {
  private final PrintStream out;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      converter = Options.NameConverter.class,
      description = "The file to write, which is replaced. Default: standard output.")
  private @Nullable Path output;

  SchemaCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException {
    String schema = ConfigSchema.json();
    if (output == null) {
      TerminalText.print(out, schema);
    } else {
      OutputFile.replace(output, file -> file.write(schema.getBytes(StandardCharsets.UTF_8)));
    }
    return Main.OK;
  }
}

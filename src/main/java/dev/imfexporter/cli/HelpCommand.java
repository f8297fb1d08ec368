package dev.imfexporter.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The same as {@code --help}; picocli's own has a flag {@code -h} that this program inherits. */
@Command(name = "help", header = "Prints this help, or that of a command.", helpCommand = true)
final class HelpCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command. Default: none.")
  private @Nullable String command;

  @Override
  public void run() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine of = command == null ? all : all.getSubcommands().get(command);
    if (of == null) {
      throw new ParameterException(all, "Unknown command '" + command + "'");
    }
    of.usage(of.getOut());
  }
}

package dev.imfexporter.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The host that a command is about, the same in every command. */
final class HostArgument {
  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST",
      description = "The host. Default: the only one that there is; history prints every host.")
  private @Nullable String argument;

  @Option(names = "--host", paramLabel = "HOST", description = "The same as HOST.")
  private @Nullable String option;

  /**
   * Null if none was named.
   *
   * @throws ParameterException if two were
   */
  @Nullable String name() {
    if (argument != null && option != null && !argument.equalsIgnoreCase(option)) {
      throw new ParameterException(
          command.commandLine(),
          "two hosts are named, %s and --host=%s: name one".formatted(argument, option));
    }
    return argument == null ? option : argument;
  }
}

package dev.imfexporter.cli;

import dev.imfexporter.fleet.Configuration;
import dev.imfexporter.fleet.UsageException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs the command that was named last, unless a flag before it would have no effect on it, or two
 * flags exclude each other.
 */
final class RunCommand extends CommandLine.RunLast {
  @Override
  protected List<Object> handle(ParseResult parsed) {
    if (parsed.hasSubcommand()) {
      CommandSpec command = parsed.subcommand().commandSpec();
      for (OptionSpec flag : parsed.matchedOptions()) {
        if (command.findOption(flag.longestName()) == null) {
          throw new ParameterException(
              command.commandLine(),
              "%s takes no %s: %s"
                  .formatted(command.name(), flag.longestName(), where(command, flag)));
        }
      }
    }
    if (parsed.commandSpec().userObject() instanceof Options options) {
      try {
        Configuration.requireOne(options.configFiles(), options.demoStart);
      } catch (UsageException e) {
        throw new ParameterException(parsed.commandSpec().commandLine(), e.getMessage(), e);
      }
    }
    return super.handle(parsed);
  }

  private static String where(CommandSpec command, OptionSpec flag) {
    return command.userObject() instanceof ServiceCommand
        ? "write it behind the action: imf-exporter service install " + flag.longestName()
        : "give it to imf-exporter without a command";
  }
}

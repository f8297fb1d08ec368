package dev.imfexporter.watch.model;

import dev.imfexporter.text.CommandName;
import dev.imfexporter.watch.model.Settings.Setting;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How to put a setting back: a command of sc.exe, a sentence, or both.
 *
 * @param command behind the name of the host, with places for the service and the former value; ""
 *     for none
 * @param value how the former value stands in the command
 * @param sentence "" for none
 */
public record PutBack(String command, UnaryOperator<String> value, String sentence) {
  PutBack(String sentence) {
    this("", UnaryOperator.identity(), sentence);
  }

  static PutBack command(String command, UnaryOperator<String> value) {
    return new PutBack(command, value, "");
  }

  PutBack with(String more) {
    return new PutBack(command, value, more);
  }

  /** The sentence for a former value; "" where that needs none. */
  public String sentence(Optional<String> former) {
    boolean builtIn = former.filter(PutBack::isBuiltIn).isPresent();
    return !command.isEmpty() && builtIn ? "" : sentence;
  }

  /** Whether it is an account of Windows itself, which has no password. */
  private static boolean isBuiltIn(String account) {
    return account.indexOf('\\') < 0
        || account.toUpperCase(Locale.ROOT).startsWith("NT AUTHORITY\\");
  }

  /**
   * The command that puts a setting back; empty where there is none. What cannot stand in a command
   * is a placeholder, such as {@code <SERVICE>}.
   *
   * @param host as an administrator calls it
   */
  public Optional<String> command(String host, String service, String former) {
    return command.isEmpty() || Setting.isCut(former)
        ? Optional.empty()
        : Optional.of(
            "sc.exe \\\\%s ".formatted(host)
                + command.formatted(CommandName.ofService(service), value.apply(former)));
  }
}

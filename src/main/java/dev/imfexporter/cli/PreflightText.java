package dev.imfexporter.cli;

import dev.imfexporter.preflight.Check;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.preflight.Verdict;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/** A preflight for a terminal, what is worst first. */
final class PreflightText {
  private final TerminalText text;

  PreflightText(boolean colour) {
    text = new TerminalText(colour);
  }

  String of(List<Preflight> hosts) {
    for (int i = 0; i < hosts.size(); i++) {
      if (i > 0) {
        text.emptyLine();
      }
      host(hosts.get(i));
    }
    hosts.stream().limit(1).forEach(any -> notLookedAt(any.notLookedAt()));
    return text.toString();
  }

  private void host(Preflight host) {
    text.paragraph(host.headline(), style(host.verdict()));
    host.worstFirst().forEach(this::check);
  }

  private void check(Check check) {
    text.emptyLine();
    text.paragraph(sign(check.verdict()), 0, check.question(), style(check.verdict()));
    check.evidence().forEach(sentence -> text.paragraph("     ", 2, sentence));
    check.steps().forEach(step -> text.paragraph("  -> ", 0, step));
  }

  private void notLookedAt(List<String> rest) {
    text.emptyLine();
    text.paragraph("Not looked at; look yourself", Style.bold);
    rest.forEach(what -> text.paragraph("  -  ", 0, what));
  }

  private static String sign(Verdict verdict) {
    return switch (verdict) {
      case OK -> "[ok] ";
      case NOT_KNOWN -> "[??] ";
      case WARNING -> "[ !] ";
      case PROBLEM -> "[!!] ";
    };
  }

  private static Style style(Verdict verdict) {
    return switch (verdict) {
      case OK -> Style.fg_green;
      case NOT_KNOWN -> Style.bold;
      case WARNING -> Style.fg_yellow;
      case PROBLEM -> Style.fg_red;
    };
  }
}

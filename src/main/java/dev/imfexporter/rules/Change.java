package dev.imfexporter.rules;

import java.util.List;

/** What a site may change in the rules. */
public sealed interface Change permits TargetSelector, AlertLabel, Limit, RunbookUrl, Link {

  /** The places to change; none of them overlap. */
  List<Edit> edits(RulesFile rules);

  /**
   * What stands instead of a part of the text.
   *
   * @param start of the part; equal to {@code end} for an insertion
   */
  record Edit(int start, int end, String replacement) {}
}

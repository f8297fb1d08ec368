package dev.imfexporter.text;

/** For enums whose words need an explanation where metrics are documented. */
public interface HasMeaning extends HasWord {
  /** What the constant means, as one line of text. */
  String meaning();
}

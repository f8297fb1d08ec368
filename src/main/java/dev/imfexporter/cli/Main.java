package dev.imfexporter.cli;

/** Starts the program. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}

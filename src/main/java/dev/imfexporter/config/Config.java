package dev.imfexporter.config;

import java.nio.file.Path;

/** What the program was told to watch. */
public record Config(HostConfig host) {

  /**
   * What the file says, in full or not at all.
   *
   * @throws ConfigException with everything that is wrong with the file
   */
  public static Config load(Path file) throws ConfigException {
    return ConfigReader.read(file.toString(), ConfigFile.text(file));
  }

  /** This Windows machine, with every default. */
  public static Config local(String hostName) {
    return new Config(new HostConfig(hostName, Access.LOCAL, Module.DEFAULT));
  }

  /** The built-in story, with every default. */
  public static Config demo() {
    return new Config(new HostConfig("demo", Access.DEMO, Module.DEFAULT));
  }
}

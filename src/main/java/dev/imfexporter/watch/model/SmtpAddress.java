package dev.imfexporter.watch.model;

/**
 * Where SMTP of a host answers clients, as configured.
 *
 * @param address "" for the host itself
 */
public record SmtpAddress(String address, int port) {
  public static final SmtpAddress DEFAULT = new SmtpAddress("", 25);

  /** The command that connects to it. */
  public String telnet(String host) {
    return "telnet %s %d".formatted(address.isEmpty() ? host : address, port);
  }
}

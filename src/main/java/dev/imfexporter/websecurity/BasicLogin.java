package dev.imfexporter.websecurity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a password that a client shows to a server (RFC 7617). */
public record BasicLogin(String user, String password) {

  /** The value of the header {@code Authorization}. */
  public String header() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "user " + user;
  }
}

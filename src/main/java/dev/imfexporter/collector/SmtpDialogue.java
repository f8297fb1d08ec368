package dev.imfexporter.collector;

import dev.imfexporter.access.Tcp.Connection;
import dev.imfexporter.access.Tcp.Tls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Sends commands to an SMTP server and reads its replies, until a deadline. */
final class SmtpDialogue {
  private static final System.Logger LOG = System.getLogger(SmtpDialogue.class.getName());

  /** RFC 5321 4.5.3.1.5 allows 512 octets; extensions and old servers send more. */
  private static final int LONGEST_LINE = 4096;

  /** A bound for the lines of one reply, which ends a reply without end. */
  private static final int MOST_LINES = 100;

  private static final int SHOWN = 120;

  private final Connection connection;
  private final Supplier<Duration> left;
  private final byte[] buffer = new byte[1024];
  private int next;
  private int end;

  /** The server closed the connection in the middle of the dialogue. */
  static final class Closed extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** A reply began, and its end did not come; the cause says why. */
  static final class Half extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param received what came of the reply
     */
    Half(String received, IOException why) {
      super(HostText.quoted(received, SHOWN), why);
    }

    /** What came of the reply, in quotes, safe and short enough for a sentence. */
    String received() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * @param left until the deadline
   */
  SmtpDialogue(Connection connection, Supplier<Duration> left) {
    this.connection = connection;
    this.left = left;
  }

  /** Sends a command, which must be short enough for a network buffer: a write has no deadline. */
  void send(String command) throws IOException {
    connection.out().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    connection.out().flush();
  }

  /** Sends QUIT without waiting for the reply, as a refused client should (RFC 5321 3.1). */
  void leave() {
    try {
      send("QUIT");
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The server closed the connection first", e);
    }
  }

  /**
   * The next reply.
   *
   * @throws SocketTimeoutException at the deadline
   * @throws Closed if the server ends the connection
   * @throws Half if either happens in the middle of the reply
   */
  SmtpReply reply() throws IOException, SmtpReply.Malformed {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    try {
      while (lines.size() < MOST_LINES) {
        line.setLength(0);
        lines.add(line(line));
        if (!SmtpReply.continues(lines.get(lines.size() - 1))) {
          return SmtpReply.of(lines);
        }
      }
    } catch (IOException e) {
      lines.add(line.toString());
      String received = String.join(" ", lines).strip();
      throw received.isEmpty() ? e : new Half(received, e);
    }
    throw new SmtpReply.Malformed("a reply has more than " + MOST_LINES + " lines");
  }

  /**
   * Speaks TLS from now on. Replies that the server sent ahead are refused: they were not
   * protected.
   *
   * @param name of the server
   * @param within for the whole dialogue; the deadline of this object is that of the handshake
   */
  Tls startTls(String name, Duration within) throws IOException, SmtpReply.Malformed {
    if (next < end) {
      throw new SmtpReply.Malformed("it went on talking behind its answer to STARTTLS");
    }
    return connection.startTls(name, left.get(), within);
  }

  /**
   * Begins a handshake of TLS as older servers have it, and does not go on: the connection is of no
   * more use.
   */
  OldHandshake.Answer beginOldHandshake() throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    connection.out().write(OldHandshake.hello(random));
    connection.out().flush();
    return OldHandshake.answer(this::read);
  }

  /**
   * One line, without its end: CRLF, or LF alone from servers that break the RFC.
   *
   * @param line is empty, and has what came of the line if its end does not come
   */
  private String line(StringBuilder line) throws IOException, SmtpReply.Malformed {
    for (int octet = read(); octet != '\n'; octet = read()) {
      if (line.length() == LONGEST_LINE) {
        throw new SmtpReply.Malformed(
            "a line is longer than %d octets and begins with %s"
                .formatted(LONGEST_LINE, HostText.quoted(line.toString(), 40)));
      }
      // Replies are in ASCII; other octets are shown as question marks.
      line.append(octet < 0x80 ? (char) octet : '\0');
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  private int read() throws IOException {
    while (next == end) {
      Duration rest = left.get();
      if (rest.isNegative() || rest.isZero()) {
        throw new SocketTimeoutException();
      }
      connection.timeout(rest);
      next = 0;
      end = connection.in().read(buffer);
      if (end < 0) {
        end = 0;
        throw new Closed();
      }
    }
    return buffer[next++] & 0xFF;
  }
}

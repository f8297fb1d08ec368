package dev.imfexporter.access.demo;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Tcp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * SMTP on port 25 while SMTPSVC runs, at every address: with a certificate for STARTTLS; it takes
 * mail for its own domain, and relays for no other. No octet is encrypted.
 */
final class DemoTcp implements Tcp {
  private static final int SMTP = 25;
  private static final String DOMAIN = "example.net";
  private static final String NAME = DemoHost.COMPUTER.toLowerCase(Locale.ROOT) + "." + DOMAIN;

  /** The extensions that Exchange 2003 offers. */
  private static final String EXTENSIONS =
      "TURN SIZE ETRN PIPELINING DSN ENHANCEDSTATUSCODES 8bitmime BINARYMIME CHUNKING VRFY"
          + " X-EXPS_GSSAPI_NTLM AUTH_GSSAPI_NTLM X-LINK2STATE XEXCH50";

  private static final String CERTIFICATE = "certificate.pem";

  private final DemoHost host;

  DemoTcp(DemoHost host) {
    this.host = host;
  }

  @Override
  public Connection connect(String address, int port, Duration timeout) throws IOException {
    if (port != SMTP || !runs()) {
      throw new ConnectException("Connection refused");
    }
    return new Session();
  }

  private boolean runs() throws IOException {
    try {
      return host.scene("connect").running(DemoService.SMTPSVC);
    } catch (AccessException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Answers at once, so a read that finds no bytes is a timeout. */
  private final class Session implements Connection {
    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private byte[] answer = bytes(greeting());
    private int read;
    private boolean ended;
    private boolean secured;

    @Override
    public InputStream in() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          if (read == answer.length) {
            if (ended || !runs()) {
              return -1;
            }
            throw new SocketTimeoutException("Read timed out");
          }
          int count = Math.min(length, answer.length - read);
          System.arraycopy(answer, read, into, offset, count);
          read += count;
          return count;
        }
      };
    }

    @Override
    public OutputStream out() {
      return new OutputStream() {
        @Override
        public void write(int octet) {
          if (octet != '\n') {
            command.write(octet);
            return;
          }
          String line = command.toString(StandardCharsets.US_ASCII).strip();
          command.reset();
          answer = bytes(reply(line));
          read = 0;
        }
      };
    }

    @Override
    public void timeout(Duration timeout) {}

    @Override
    public Tls startTls(String name, Duration handshake, Duration within) throws IOException {
      secured = true;
      return new Tls("TLSv1", Optional.of(certificate()));
    }

    @Override
    public void close() {
      ended = true;
    }

    private String reply(String line) {
      return switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
        case "EHLO" ->
            "250-" + NAME + " Hello [127.0.0.1]\r\n" + extensions(secured) + "250 OK\r\n";
        case "STARTTLS" -> "220 2.0.0 SMTP server ready\r\n";
        case "MAIL" -> "250 2.1.0 Sender OK\r\n";
        case "RCPT" -> recipient(line.replaceFirst(".*<(.*)>.*", "$1"));
        case "RSET" -> "250 2.0.0 Resetting\r\n";
        case "QUIT" -> {
          ended = true;
          yield "221 2.0.0 " + NAME + " Service closing transmission channel\r\n";
        }
        default -> "500 5.3.3 Unrecognized command\r\n";
      };
    }
  }

  private static String recipient(String address) {
    return address.toLowerCase(Locale.ROOT).endsWith("@" + DOMAIN)
        ? "250 2.1.5 " + address + "\r\n"
        : "550 5.7.1 Unable to relay for " + address + "\r\n";
  }

  private static X509Certificate certificate() throws IOException {
    try (InputStream pem = DemoTcp.class.getResourceAsStream(CERTIFICATE)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    } catch (CertificateException e) {
      throw new IOException(e);
    }
  }

  private static String extensions(boolean secured) {
    return (EXTENSIONS + (secured ? "" : " STARTTLS"))
        .replaceAll("(\\S+) ?", "250-$1\r\n")
        .replace('_', ' ');
  }

  private String greeting() {
    return "220 "
        + NAME
        + " Microsoft ESMTP MAIL Service, Version: 6.0.3790.3959 ready at  "
        + DateTimeFormatter.RFC_1123_DATE_TIME.format(host.now().atOffset(ZoneOffset.UTC))
        + " \r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package dev.imfexporter.collector;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.Tcp.Connection;
import dev.imfexporter.collector.Banner.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Connects to SMTP as a client: waits for the greeting, sends EHLO and QUIT, each after the answer
 * to the one before. A service in state RUNNING may not answer. Take it only while SMTPSVC runs;
 * otherwise nothing listens on the port. The system resolves host names, and the time limit does
 * not apply to that.
 */
public final class BannerReading implements Collector<Banner> {
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,255}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

  /** What a client without a domain name sends with EHLO (RFC 5321 4.1.3). */
  private static final String ADDRESS_LITERAL = "[127.0.0.1]";

  private final String address;
  private final int port;
  private final List<Turn> turns;
  private final Duration within;
  private final LongSupplier nanos;

  /**
   * @param address a name or an IP address; "" for the host itself
   * @param client the name in EHLO: a domain name or an address in brackets; anything else is
   *     replaced by an address
   * @param within for all steps together
   * @param nanos a clock that is never set, as {@link System#nanoTime}
   */
  public BannerReading(
      String address, int port, String client, Duration within, LongSupplier nanos) {
    this.address = address;
    this.port = port;
    turns =
        List.of(
            new Turn(Step.GREETING, "", 220),
            new Turn(Step.EHLO, "EHLO " + introducible(client), 250),
            new Turn(Step.QUIT, "QUIT", 221));
    this.within = within;
    this.nanos = nanos;
  }

  @Override
  public Banner take(HostAccess host) {
    return new Attempt().make(host.tcp());
  }

  /** The name, or an address literal where EHLO must not have the name. */
  static String introducible(String client) {
    boolean literal = client.matches("\\[[0-9A-Za-z:.]{1,60}]");
    return literal || DOMAIN.matcher(client).matches() ? client : ADDRESS_LITERAL;
  }

  /**
   * A command and the code of the expected reply.
   *
   * @param command "" for the greeting, which the server sends first
   */
  private record Turn(Step step, String command, int expected) {}

  /** One connection. */
  private final class Attempt {
    private final Map<Step, Duration> durations = new EnumMap<>(Step.class);
    private final BannerFailure failure = BannerFailure.at(address, port, within);
    private final long began = nanos.getAsLong();
    private Step step = Step.CONNECT;
    private long stepBegan = began;

    Banner make(Tcp tcp) {
      Optional<String> why;
      try (Connection connection = tcp.connect(address, port, within)) {
        done();
        why = talk(new SmtpDialogue(connection, this::left));
      } catch (SmtpReply.Malformed e) {
        why = Optional.of(failure.malformed(e));
      } catch (IOException e) {
        why = Optional.of(failure.broken(step, e));
      }
      return new Banner(durations, why);
    }

    private Optional<String> talk(SmtpDialogue smtp) throws IOException, SmtpReply.Malformed {
      for (Turn turn : turns) {
        step = turn.step();
        stepBegan = nanos.getAsLong();
        if (!turn.command().isEmpty()) {
          smtp.send(turn.command());
        }
        SmtpReply reply = smtp.reply();
        if (reply.code() != turn.expected()) {
          smtp.leave();
          return Optional.of(failure.refused(step, reply));
        }
        done();
      }
      return Optional.empty();
    }

    private void done() {
      durations.put(step, Duration.ofNanos(nanos.getAsLong() - stepBegan));
    }

    private Duration left() {
      return within.minusNanos(nanos.getAsLong() - began);
    }
  }
}

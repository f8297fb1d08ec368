package dev.imfexporter.collector;

import dev.imfexporter.access.HostAccess;
import dev.imfexporter.access.Tcp;
import dev.imfexporter.access.Tcp.Connection;
import dev.imfexporter.access.Tcp.OldTls;
import dev.imfexporter.access.Tcp.Tls;
import dev.imfexporter.collector.Banner.Step;
import dev.imfexporter.collector.Dialogue.Answer;
import dev.imfexporter.collector.Dialogue.Outcome;
import dev.imfexporter.collector.Dialogue.Recipient;
import dev.imfexporter.collector.Dialogue.Verdict;
import dev.imfexporter.collector.SmtpTls.State;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Speaks to SMTP as a client does that has a message, and sends none: EHLO, STARTTLS, and for each
 * recipient MAIL FROM, RCPT TO and RSET; QUIT at the end. DATA is never sent. Where a handshake of
 * TLS fails, it connects once more for the certificate, and once more to go on without TLS, as mail
 * servers do; of the time that is left, TLS and the look at the certificate may take half each. The
 * virtual servers are asked one after the other. Take it only while SMTPSVC runs.
 */
public final class DialogueReading implements Collector<Dialogues> {
  private static final System.Logger LOG = System.getLogger(DialogueReading.class.getName());
  private static final String STARTTLS = "STARTTLS";
  private static final String END_OF_HANDSHAKE = "the end of the handshake of TLS";

  private final List<DialogueTarget> targets;
  private final Client client;
  private final LongSupplier nanos;

  /**
   * How the client introduces itself.
   *
   * @param host the name of the host that it asks
   * @param ehloName as of {@link BannerReading}
   * @param sender the address in MAIL FROM; "" for the null sender {@code <>}
   * @param within for a dialogue, from the connection to the answer to QUIT
   */
  public record Client(String host, String ehloName, String sender, Duration within) {}

  /**
   * @param nanos a clock that is never set, as {@link System#nanoTime}
   */
  public DialogueReading(List<DialogueTarget> targets, Client client, LongSupplier nanos) {
    this.targets = List.copyOf(targets);
    this.client = client;
    this.nanos = nanos;
  }

  @Override
  public Dialogues take(HostAccess host) {
    List<Dialogue> all = new ArrayList<>();
    targets.forEach(target -> all.add(new Attempt(target).make(host.tcp())));
    return new Dialogues(all);
  }

  /**
   * How far it came.
   *
   * @param failure empty if it was complete
   */
  private record End(Outcome outcome, Optional<String> failure) {
    static final End COMPLETE = new End(Outcome.COMPLETE, Optional.empty());

    static End of(Outcome outcome, String failure) {
      return new End(outcome, Optional.of(failure));
    }
  }

  /** The dialogue with one virtual server. */
  private final class Attempt {
    private final DialogueTarget target;
    private final String name;
    private final BannerFailure failure;
    private final DialogueTime time = new DialogueTime(client.within(), nanos);

    private String asked = "";
    private String greeting = "";
    private List<String> extensions = List.of();
    private Optional<SmtpTls> tls = Optional.empty();
    private final Map<Recipient, Answer> recipients = new EnumMap<>(Recipient.class);

    Attempt(DialogueTarget target) {
      this.target = target;
      name = target.address().isEmpty() ? client.host() : target.address();
      failure = BannerFailure.at(target.address(), target.port(), client.within());
    }

    Dialogue make(Tcp tcp) {
      End end = converse(tcp, target.startTls());
      if (isTlsBroken()) {
        if (tls.map(SmtpTls::state).filter(is -> is == State.TIMED_OUT).isEmpty()) {
          lookAtOldTls(tcp);
        }
        end = time.isOver() ? end : converse(tcp, false);
      }
      return new Dialogue(
          target.virtualServer(),
          name + ":" + target.port(),
          end.outcome(),
          end.failure().map(why -> why + withoutVerdicts()),
          greeting,
          extensions,
          tls,
          recipients,
          time.took());
    }

    /** Whether TLS was begun and not brought to its end, so that its connection is of no use. */
    private boolean isTlsBroken() {
      return tls.map(SmtpTls::state)
          .filter(is -> is == State.TOO_OLD || is == State.FAILED || is == State.TIMED_OUT)
          .isPresent();
    }

    /** A sentence about the addresses of which nothing is known; "" if there is none. */
    private String withoutVerdicts() {
      String addresses =
          target.recipients().entrySet().stream()
              .filter(recipient -> !recipients.containsKey(recipient.getKey()))
              .map(Map.Entry::getValue)
              .collect(Collectors.joining(" or "));
      return addresses.isEmpty() ? "" : ". It is not known whether it takes mail for " + addresses;
    }

    private End converse(Tcp tcp, boolean withTls) {
      asked = "";
      try (Connection connection = tcp.connect(target.address(), target.port(), time.left())) {
        return talk(new SmtpDialogue(connection, time::left), withTls);
      } catch (SmtpReply.Malformed e) {
        return End.of(Outcome.NOT_SMTP, failure.malformed(e));
      } catch (IOException e) {
        if (asked.isEmpty()) {
          return End.of(Outcome.NO_CONNECTION, failure.unconnected(e));
        }
        return time.isOver() || BannerFailure.isLate(e)
            ? End.of(Outcome.TIMED_OUT, failure.late(asked, e))
            : End.of(Outcome.CLOSED, failure.closed(asked, e));
      }
    }

    /** Windows Server 2003 and 2008 have only TLS 1.0, which Java does not speak any more. */
    private void lookAtOldTls(Tcp tcp) {
      time.keepHalf();
      try (Connection connection = tcp.connect(target.address(), target.port(), time.left())) {
        SmtpDialogue smtp = new SmtpDialogue(connection, time::left);
        boolean begun =
            smtp.reply().code() == 220
                && introduce(smtp).code() == 250
                && command(smtp, STARTTLS).code() == 220;
        if (begun) {
          OldHandshake.Answer found = smtp.beginOldHandshake();
          tls = tls.map(broken -> broken.with(found, certificate(found.certificate())));
        }
      } catch (IOException | SmtpReply.Malformed e) {
        LOG.log(Level.DEBUG, "The certificate cannot be read from an older handshake", e);
      } finally {
        time.keepNothing();
      }
    }

    private ServerCertificate certificate(X509Certificate read) {
      return ServerCertificate.of(read, names());
    }

    /** By which clients know the server. */
    private List<String> names() {
      return List.of(greeting.split(" ", 2)[0], name);
    }

    private End talk(SmtpDialogue smtp, boolean withTls) throws IOException, SmtpReply.Malformed {
      asked = "a greeting";
      SmtpReply hello = smtp.reply();
      if (hello.code() != 220) {
        return refused(smtp, Step.GREETING, hello);
      }
      greeting = hello.texts().get(0);
      SmtpReply ehlo = introduce(smtp);
      if (ehlo.code() != 250) {
        return refused(smtp, Step.EHLO, ehlo);
      }
      extensions = ehlo.keywords();
      if (withTls) {
        time.keepHalf();
        try {
          tls = Optional.of(startTls(smtp));
        } finally {
          time.keepNothing();
        }
        if (isTlsBroken()) {
          return End.of(
              Outcome.TIMED_OUT, failure.late(END_OF_HANDSHAKE, new SocketTimeoutException()));
        }
        if (tls.get().state() == State.ESTABLISHED) {
          SmtpReply again = introduce(smtp);
          if (again.code() != 250) {
            return refused(smtp, Step.EHLO, again);
          }
        }
      }
      for (Map.Entry<Recipient, String> recipient : target.recipients().entrySet()) {
        Answer answer = ask(smtp, recipient.getValue());
        recipients.put(recipient.getKey(), answer);
        command(smtp, "RSET");
      }
      SmtpReply bye = command(smtp, "QUIT");
      return bye.code() == 221
          ? End.COMPLETE
          : End.of(Outcome.REFUSED, failure.refused(Step.QUIT, bye));
    }

    private End refused(SmtpDialogue smtp, Step step, SmtpReply reply) {
      smtp.leave();
      return End.of(Outcome.REFUSED, failure.refused(step, reply));
    }

    private SmtpReply introduce(SmtpDialogue smtp) throws IOException, SmtpReply.Malformed {
      return command(smtp, "EHLO " + BannerReading.introducible(client.ehloName()));
    }

    private SmtpTls startTls(SmtpDialogue smtp) throws IOException, SmtpReply.Malformed {
      if (!extensions.contains(STARTTLS)) {
        return SmtpTls.without(State.NOT_OFFERED, "it does not offer STARTTLS");
      }
      try {
        SmtpReply reply = command(smtp, STARTTLS);
        if (reply.code() != 220) {
          return SmtpTls.without(
              State.REFUSED, "it answers STARTTLS with \"%s\"".formatted(reply.line()));
        }
        asked = END_OF_HANDSHAKE;
        Tls agreed =
            smtp.startTls(target.address().isEmpty() ? names().get(0) : name, time.leftInAll());
        return new SmtpTls(
            State.ESTABLISHED,
            Optional.empty(),
            Optional.of(HostText.printable(agreed.protocol(), 20)),
            agreed.certificate().map(this::certificate));
      } catch (OldTls e) {
        return SmtpTls.without(
            State.TOO_OLD,
            "its versions of TLS are too old for this Java: " + BannerFailure.words(e));
      } catch (IOException e) {
        return time.isOver()
            ? SmtpTls.without(State.TIMED_OUT, asked + " did not come in time")
            : SmtpTls.without(State.FAILED, failedTls(e));
      }
    }

    private String failedTls(IOException e) {
      return BannerFailure.isClosed(e)
          ? "it closed the connection " + BannerFailure.when(asked, e)
          : "the handshake of TLS failed: " + BannerFailure.words(e);
    }

    /** Whether the server would take a message for that address. */
    private Answer ask(SmtpDialogue smtp, String address) throws IOException, SmtpReply.Malformed {
      SmtpReply sender = command(smtp, "MAIL FROM:<%s>".formatted(client.sender()));
      Verdict verdict = verdict(sender);
      if (verdict != Verdict.ACCEPTED) {
        return new Answer(
            address, verdict == Verdict.REFUSED ? Verdict.SENDER_REFUSED : verdict, sender.line());
      }
      SmtpReply recipient = command(smtp, "RCPT TO:<%s>".formatted(address));
      return new Answer(address, verdict(recipient), recipient.line());
    }

    private SmtpReply command(SmtpDialogue smtp, String command)
        throws IOException, SmtpReply.Malformed {
      asked = "an answer to " + command.split("[ :]", 2)[0];
      smtp.send(command);
      return smtp.reply();
    }
  }

  /**
   * By the first digit, as a client must take a code that it does not expect (RFC 5321, 4.2 and
   * 4.3.2). 3xx asks for the rest of a command, and these have none: it decides nothing.
   */
  private static Verdict verdict(SmtpReply reply) {
    return switch (reply.code() / 100) {
      case 2 -> Verdict.ACCEPTED;
      case 5 -> Verdict.REFUSED;
      default -> Verdict.DEFERRED;
    };
  }
}

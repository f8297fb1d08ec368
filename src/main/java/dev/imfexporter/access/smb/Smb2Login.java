package dev.imfexporter.access.smb;

import com.hierynomus.protocol.commons.Factory;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.auth.Authenticator;
import com.hierynomus.smbj.auth.NtlmAuthenticator;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.SMB2GuestSigningRequiredException;
import com.hierynomus.smbj.session.Session;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.smb.rpc.Protection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Logs in to a host over SMB 2 or 3: by NTLM, or with a ticket of Kerberos. */
final class Smb2Login {
  /** Of a ticket's lifetime, after which a session gets a successor. */
  private static final double LAST_TENTH = 0.9;

  private final Connection connection;
  private final AnswerGuard guard;
  private final Opening opening;

  /** Makes what seals the calls of one connection to an interface. */
  @FunctionalInterface
  interface Sealing {
    Protection make() throws Unsupported;
  }

  /**
   * A session of an account.
   *
   * @param fallback why it was NTLM and not Kerberos
   * @param lifetime after which another session should take its place; empty for no end
   */
  record LoggedIn(
      Session session, Sealing sealing, Optional<String> fallback, Optional<Duration> lifetime) {}

  Smb2Login(Connection connection, AnswerGuard guard, Opening opening) {
    this.connection = connection;
    this.guard = guard;
    this.opening = opening;
  }

  /** smbj takes the first one that supports an account. */
  static List<Factory.Named<Authenticator>> authenticators() {
    return List.of(new KerberosAuthenticator.Maker(), new NtlmAuthenticator.Factory());
  }

  LoggedIn login() throws IOException, NotReached {
    return opening.login() instanceof KerberosLogin login
        ? byKerberos(login)
        : byNtlm((Login) opening.login(), opening.login().secret(), Optional.empty());
  }

  private LoggedIn byNtlm(Login login, int secret, Optional<String> fallback)
      throws IOException, NotReached {
    SmbHostConfig config = opening.config();
    try (LoginGate.LoginPermit permit = enter(secret)) {
      opening.stage().accept(OpeningStage.LOGIN);
      Session session;
      try {
        session =
            connection.authenticate(
                new AuthenticationContext(login.user(), login.password(), login.domain()));
      } catch (SMB2GuestSigningRequiredException guest) {
        throw Failures.guest(permit, config);
      } catch (RuntimeException e) {
        IOException why = Smb2Session.translated(e);
        Failures.end(permit, why);
        throw why;
      }
      if (session.isGuest() || session.isAnonymous()) {
        throw Failures.guest(permit, config);
      }
      guard.protect(session);
      permit.accepted();
      NtlmIdentity identity = NtlmIdentity.of(login);
      return new LoggedIn(session, () -> new NtlmSealing(identity), fallback, Optional.empty());
    }
  }

  private LoginGate.LoginPermit enter(int secret) throws NotReached {
    opening.stage().accept(OpeningStage.PERMIT);
    SmbHostConfig config = opening.config();
    return config.gate().enter(config.toString(), secret, config.timeout());
  }

  private LoggedIn byKerberos(KerberosLogin login) throws IOException, NotReached {
    ServiceTicket ticket;
    try {
      ticket = ticket(login);
    } catch (NoTicket none) {
      return withoutTicket(login, none);
    }
    opening.stage().accept(OpeningStage.LOGIN);
    Session session;
    try {
      session = connection.authenticate(new KerberosAuthenticator.Ticketed(login, ticket));
    } catch (RuntimeException e) {
      throw refused(login, Smb2Session.translated(e));
    }
    if (session.isGuest() || session.isAnonymous() || !ticket.established()) {
      throw refused(login, new ServiceTicket.TicketRefused());
    }
    guard.protect(session);
    long millis = (long) (ticket.lifetime().toMillis() * LAST_TENTH);
    return new LoggedIn(
        session, ticket::sealing, Optional.empty(), Optional.of(Duration.ofMillis(millis)));
  }

  /**
   * Asks the KDC.
   *
   * @throws NoTicket unless the account is at fault, or the clocks are and NTLM is not allowed
   */
  private ServiceTicket ticket(KerberosLogin login) throws NoTicket, NotReached {
    try (LoginGate.LoginPermit permit = enter(login.secret())) {
      opening.stage().accept(OpeningStage.KDC);
      try {
        ServiceTicket ticket = ServiceTicket.get(login, opening.config().timeout());
        permit.accepted();
        return ticket;
      } catch (NoTicket none) {
        if (none.ofAccount()) {
          throw permit.refusedByKdc(KerberosFailures.kdc(login), none.why());
        }
        if (none.ofClocks() && login.fallback().isEmpty()) {
          throw permit.clocksDiffer(KerberosFailures.kdc(login), none.why());
        }
        throw none;
      }
    }
  }

  private LoggedIn withoutTicket(KerberosLogin login, NoTicket none)
      throws IOException, NotReached {
    if (login.fallback().isPresent()) {
      return byNtlm(login.fallback().get(), login.secret(), Optional.of(none.why()));
    }
    throw new NotReached(none.reason(), opening.config() + " is not asked: " + none.why());
  }

  /** The KDC has accepted the account, so that this says nothing about its password. */
  private NotReached refused(KerberosLogin login, IOException why) throws IOException {
    SmbHostConfig config = opening.config();
    Optional<String> refusal = Failures.ticketRefused(why);
    if (refusal.isEmpty()) {
      throw why;
    }
    config.gate().refusedByHost(config.toString(), login.secret(), refusal.get());
    return Failures.refusedLogin(config.toString(), refusal.get());
  }
}

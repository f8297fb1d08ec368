package dev.imfexporter.access.smb;

import com.sun.security.jgss.ExtendedGSSContext;
import com.sun.security.jgss.InquireType;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.smb.rpc.Protection;
import java.io.IOException;
import java.security.Key;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * A ticket for the service of one host, from one log-in at the KDC, and the exchange in which the
 * host proves that it could read it. The password is not needed any more. For one thread at a time.
 */
final class ServiceTicket {
  /** SPNEGO (RFC 4178). */
  private static final String SPNEGO = "1.3.6.1.5.5.2";

  /** GSS_KRB5_NT_PRINCIPAL_NAME (RFC 1964, 2.1.1): with its realm, a name needs no krb5.conf. */
  private static final String PRINCIPAL = "1.2.840.113554.1.2.2.1";

  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final Subject subject;
  private final GSSContext context;
  private final byte[] request;

  private ServiceTicket(Subject subject, GSSContext context, byte[] request) {
    this.subject = subject;
    this.context = context;
    this.request = request;
  }

  /**
   * Logs in at the KDC and gets the ticket. Each wait for a KDC has the limits of krb5.conf, all
   * together have this one. The thread of one that takes longer ends by itself.
   */
  static ServiceTicket get(KerberosLogin login, Duration timeout) throws NoTicket {
    return get(login, timeout, ServiceTicket::get);
  }

  /** Logs in at the KDC, with the password as it then is. */
  @FunctionalInterface
  interface AtKdc {
    ServiceTicket get(KerberosLogin login) throws Exception;
  }

  static ServiceTicket get(KerberosLogin login, Duration timeout, AtKdc kdc) throws NoTicket {
    // The caller wipes its login after the timeout, and a wiped password is a wrong one at the KDC.
    KerberosLogin own = login.copy();
    FutureTask<ServiceTicket> task =
        new FutureTask<>(
            () -> {
              try {
                return kdc.get(own);
              } finally {
                own.wipe();
              }
            });
    Thread thread = new Thread(task, "imf-kdc");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw KerberosFailures.of(why == null ? e : why, login);
    } catch (TimeoutException e) {
      throw KerberosFailures.late(timeout, login);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KerberosFailures.late(timeout, login);
    }
  }

  private static ServiceTicket get(KerberosLogin login)
      throws IOException, LoginException, PrivilegedActionException {
    KerberosSettings.provide();
    Subject subject = new Subject();
    new LoginContext("imf-exporter", subject, answers(login), module(login)).login();
    return as(
        subject,
        () -> {
          GSSManager manager = GSSManager.getInstance();
          GSSName name = manager.createName(login.spn(), new Oid(PRINCIPAL));
          GSSContext context =
              manager.createContext(name, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
          context.requestMutualAuth(true);
          context.requestCredDeleg(false);
          return new ServiceTicket(subject, context, context.initSecContext(new byte[0], 0, 0));
        });
  }

  private static Configuration module(KerberosLogin login) {
    Map<String, String> options = options(login);
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {
          new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
        };
      }
    };
  }

  private static Map<String, String> options(KerberosLogin login) {
    String principal = login.principal();
    if (login.proof() instanceof KerberosLogin.Keytab keytab) {
      return Map.of(
          "isInitiator", "true",
          "principal", principal,
          "doNotPrompt", "true",
          "useKeyTab", "true",
          "keyTab", keytab.file().toString());
    }
    return login.proof() instanceof KerberosLogin.TicketCache cache
        ? Map.of(
            "isInitiator", "true",
            "principal", principal,
            "doNotPrompt", "true",
            "useTicketCache", "true",
            "ticketCache", cache.file().toString())
        : Map.of("isInitiator", "true");
  }

  /** Asked for an account with a password only. */
  private static CallbackHandler answers(KerberosLogin login) {
    return callbacks -> {
      for (Callback callback : callbacks) {
        if (callback instanceof NameCallback name) {
          name.setName(login.principal());
        } else if (callback instanceof PasswordCallback secret
            && login.proof() instanceof KerberosLogin.Password known) {
          secret.setPassword(known.password());
        }
      }
    };
  }

  private static <T> T as(Subject subject, PrivilegedExceptionAction<T> action)
      throws PrivilegedActionException {
    return Subject.doAs(subject, action);
  }

  /** The first token of SPNEGO, for the host. */
  byte[] request() {
    return request.clone();
  }

  /**
   * Takes what the host answered.
   *
   * @return what to send next; no bytes for nothing
   * @throws IOException if that does not prove that the host could read the ticket
   */
  byte[] answer(byte[] token) throws IOException {
    try {
      byte[] next = as(subject, () -> context.initSecContext(token, 0, token.length));
      return next == null ? new byte[0] : next;
    } catch (PrivilegedActionException | RuntimeException e) {
      // A host that answers with an error of Kerberos makes Java fail in either way.
      throw new TicketRefused(e);
    }
  }

  boolean established() {
    return context.isEstablished() && context.getMutualAuthState();
  }

  /** The key that the host and we now share (MS-SMB2 3.2.5.3.3); at least 16 bytes. */
  byte[] sessionKey() throws IOException {
    try {
      Key key =
          (Key)
              ((ExtendedGSSContext) context).inquireSecContext(InquireType.KRB5_GET_SESSION_KEY_EX);
      return key.getEncoded();
    } catch (GSSException e) {
      throw new IOException(e);
    }
  }

  /**
   * What seals the calls of one connection to an interface, with the same ticket.
   *
   * @throws Unsupported for a ticket whose key is of a type that seals none
   */
  Protection sealing() throws Unsupported {
    KerberosTicket ofService =
        tickets()
            .filter(ticket -> !ticket.getServer().getName().startsWith("krbtgt/"))
            .findFirst()
            .orElseThrow(() -> new Unsupported("The log-in left no ticket to seal calls with"));
    return new KerberosSealing(ofService, InstantSource.system());
  }

  private Stream<KerberosTicket> tickets() {
    return subject.getPrivateCredentials(KerberosTicket.class).stream();
  }

  /** How long the host takes it from now on; the KDC's clock may differ by minutes. */
  Duration lifetime() {
    return tickets()
        .map(KerberosTicket::getEndTime)
        .map(end -> Duration.between(Instant.now(), end.toInstant()))
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The host's answer to a ticket is an error, or no proof. */
  static final class TicketRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private static final String WHY =
        "it takes no ticket of Kerberos: is its clock off by more than 5 min, and does spn name it?";

    TicketRefused() {
      super(WHY);
    }

    TicketRefused(Exception cause) {
      super(WHY, cause);
    }
  }
}

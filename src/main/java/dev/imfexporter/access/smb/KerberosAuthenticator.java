package dev.imfexporter.access.smb;

import com.hierynomus.protocol.commons.Factory;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticateResponse;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.auth.Authenticator;
import com.hierynomus.smbj.connection.ConnectionContext;
import com.hierynomus.spnego.RawToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * Logs in to a host with a ticket that has been got already. The authenticator of smbj asks for a
 * ticket for the address that is connected to, and asks the KDC while the host waits.
 */
final class KerberosAuthenticator implements Authenticator {
  /** Of the session's key (MS-SMB2 3.2.5.3.3); smbj speaks no cipher of 256 bits. */
  private static final int KEY = 16;

  private boolean asked;

  /** The ticket in the shape of smbj's accounts. */
  static final class Ticketed extends AuthenticationContext {
    private final ServiceTicket ticket;

    Ticketed(KerberosLogin login, ServiceTicket ticket) {
      super(login.user(), new char[0], login.realm());
      this.ticket = ticket;
    }
  }

  /** Makes one for each log-in. */
  static final class Maker implements Factory.Named<Authenticator> {
    /** Kerberos 5 (RFC 4121). */
    @Override
    public String getName() {
      return "1.2.840.113554.1.2.2";
    }

    @Override
    public Authenticator create() {
      return new KerberosAuthenticator();
    }
  }

  @Override
  public void init(SmbConfig config) {
    // Nothing of it plays a part here.
  }

  @Override
  public boolean supports(AuthenticationContext context) {
    return context instanceof Ticketed;
  }

  @Override
  public AuthenticateResponse authenticate(
      AuthenticationContext account, byte[] token, ConnectionContext connection)
      throws IOException {
    ServiceTicket ticket = ((Ticketed) account).ticket;
    if (!asked) {
      asked = true;
      return new AuthenticateResponse(new RawToken(ticket.request()));
    }
    AuthenticateResponse response = new AuthenticateResponse(new RawToken(ticket.answer(token)));
    if (ticket.established()) {
      response.setSessionKey(Arrays.copyOf(ticket.sessionKey(), KEY));
    }
    return response;
  }
}

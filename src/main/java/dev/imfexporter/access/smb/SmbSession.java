package dev.imfexporter.access.smb;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ImpersonationLevel;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.NamedPipe;
import com.hierynomus.smbj.share.PipeShare;
import com.hierynomus.smbj.share.Share;
import com.hierynomus.smbj.transport.tcp.async.AsyncDirectTcpTransportFactory;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.AccessException.NotReached.Reason;
import dev.imfexporter.access.smb.rpc.Pipe;
import dev.imfexporter.access.smb.rpc.PipeOpener;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A session with a host, signed always and encrypted where the host offers it. No thread of its
 * own. Thread-safe; after the loss of its connection it is of no more use.
 */
final class SmbSession implements PipeOpener, AutoCloseable {
  /** With encryption, some Windows refuse larger ones. */
  private static final int BUFFER = 64 * 1024;

  /** The host has forgotten the session. */
  private static final Set<NtStatus> GONE =
      EnumSet.of(
          NtStatus.STATUS_USER_SESSION_DELETED,
          NtStatus.STATUS_NETWORK_SESSION_EXPIRED,
          NtStatus.STATUS_NETWORK_NAME_DELETED,
          NtStatus.STATUS_CONNECTION_DISCONNECTED,
          NtStatus.STATUS_CONNECTION_RESET);

  private final SMBClient client;
  private final Connection connection;
  private final Session session;
  private final PipeShare pipes;

  private SmbSession(SMBClient client, Connection connection, Session session, PipeShare pipes) {
    this.client = client;
    this.connection = connection;
    this.session = session;
    this.pipes = pipes;
  }

  /** Tries every address of the name in turn; an account that is refused is refused at once. */
  static SmbSession open(Target target, Login login) throws IOException, NotReached {
    InetAddress[] addresses = InetAddress.getAllByName(target.host());
    IOException failure = null;
    for (InetAddress address : addresses) {
      SMBClient client = new SMBClient(config(target));
      try {
        SmbSession session =
            open(client, client.connect(address.getHostAddress(), target.port()), target, login);
        if (target.encryption() && !session.session.getSessionContext().isEncryptData()) {
          session.close();
          throw new NotReached(
              Reason.PROTOCOL,
              target + " does not encrypt, and its configuration says encryption: true");
        }
        return session;
      } catch (IOException e) {
        client.close();
        failure = e;
      } catch (NotReached e) {
        client.close();
        throw e;
      } catch (RuntimeException e) {
        client.close();
        throw new IOException(e);
      }
    }
    throw failure == null ? new IOException("The name has no address") : failure;
  }

  private static SmbSession open(
      SMBClient client, Connection connection, Target target, Login login)
      throws IOException, NotReached {
    LoginGate.Turn turn = target.gate().enter(target.toString(), login.secret(), target.timeout());
    Session session;
    try {
      session =
          connection.authenticate(
              new AuthenticationContext(login.user(), login.password(), login.domain()));
    } catch (RuntimeException e) {
      Failures.tell(turn, e);
      throw e;
    }
    turn.accepted();
    return new SmbSession(client, connection, session, (PipeShare) session.connectShare("IPC$"));
  }

  private static SmbConfig config(Target target) {
    return SmbConfig.builder()
        .withTimeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .withSigningRequired(true)
        .withEncryptData(true)
        .withBufferSize(BUFFER)
        .withDfsEnabled(false)
        .withTransportLayerFactory(new AsyncDirectTcpTransportFactory<>())
        .build();
  }

  boolean alive() {
    return connection.isConnected();
  }

  @Override
  public Pipe open(String name) throws IOException {
    try {
      return new OpenPipe(
          pipes.open(
              name,
              SMB2ImpersonationLevel.Impersonation,
              EnumSet.of(AccessMask.GENERIC_READ, AccessMask.GENERIC_WRITE),
              null,
              SMB2ShareAccess.ALL,
              SMB2CreateDisposition.FILE_OPEN,
              null));
    } catch (SMBApiException e) {
      if (GONE.contains(e.getStatus())) {
        throw new IOException(e);
      }
      throw new PipeRefused(name, e);
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  /** A share of files. */
  DiskShare share(String name) throws IOException {
    try {
      Share share = session.connectShare(name);
      if (share instanceof DiskShare files) {
        return files;
      }
      share.close();
      throw new IOException(name + " is no share of files");
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  /** smbj throws unchecked exceptions. */
  private record OpenPipe(NamedPipe pipe) implements Pipe {
    @Override
    public byte[] transact(byte[] message) throws IOException {
      try {
        return pipe.transact(message);
      } catch (RuntimeException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void write(byte[] message) throws IOException {
      try {
        pipe.write(message);
      } catch (RuntimeException e) {
        throw new IOException(e);
      }
    }

    @Override
    public byte[] read() throws IOException {
      try {
        byte[] buffer = new byte[BUFFER];
        int length = pipe.read(buffer);
        return length <= 0 ? new byte[0] : Arrays.copyOf(buffer, length);
      } catch (RuntimeException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      try {
        pipe.close();
      } catch (RuntimeException lost) {
        // The host has forgotten it.
      }
    }
  }

  /** Says good-bye. */
  @Override
  public void close() {
    try {
      if (connection.isConnected()) {
        session.close();
      }
    } catch (IOException | RuntimeException lost) {
      // The host has forgotten it.
    }
    abandon();
  }

  /** Closes the connection and waits for nobody. */
  void abandon() {
    try {
      connection.close(true);
    } catch (IOException | RuntimeException lost) {
      // It is closed.
    }
    client.close();
  }
}

package dev.imfexporter.access.smb;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mserref.NtStatus;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ImpersonationLevel;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.ntlm.NtlmException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.PipeShare;
import com.hierynomus.smbj.share.Share;
import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.AccessException.Unsupported;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.smb.Smb2Login.LoggedIn;
import dev.imfexporter.access.smb.rpc.Pipe;
import dev.imfexporter.access.smb.rpc.Protection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * SMB 2 and 3, always signed, and encrypted where the host offers it. An {@link AnswerGuard} holds
 * the host to that.
 */
final class Smb2Session implements SmbSession {
  /** Some versions of Windows refuse larger ones when they encrypt. */
  static final int BUFFER = 64 * 1024;

  /** STATUS_BAD_DEVICE_TYPE (MS-ERREF 2.3.1), for a share that has no files. */
  private static final long BAD_DEVICE_TYPE = 0xc00000cbL;

  /** The host has ended the session. */
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
  private final LoggedIn in;
  private final LongSupplier nanoTime;
  private final long began;

  private Smb2Session(
      SMBClient client,
      Connection connection,
      LoggedIn in,
      PipeShare pipes,
      LongSupplier nanoTime) {
    this.client = client;
    this.connection = connection;
    this.in = in;
    this.session = in.session();
    this.pipes = pipes;
    this.nanoTime = nanoTime;
    began = nanoTime.getAsLong();
  }

  static Smb2Session open(InetAddress address, Opening opening) throws IOException, NotReached {
    AtomicReference<@Nullable AnswerGuard> guard = new AtomicReference<>();
    SMBClient client = new SMBClient(smbConfig(opening, guard));
    boolean open = false;
    try {
      Connection connection = client.connect(address.getHostAddress(), opening.config().port());
      // Without a lease of ours, smbj logs off when the connection has ended: it waits for credits.
      connection.lease();
      Smb2Session session = open(client, connection, Objects.requireNonNull(guard.get()), opening);
      open = true;
      return session;
    } catch (RuntimeException e) {
      throw translated(e);
    } finally {
      AnswerGuard made = guard.get();
      // smbj forgets a connection on which the host broke the protocol, and leaves it open.
      if (!open && made != null) {
        made.transport().disconnect();
      }
    }
  }

  private static Smb2Session open(
      SMBClient client, Connection connection, AnswerGuard guard, Opening opening)
      throws IOException, NotReached {
    SmbHostConfig config = opening.config();
    LoggedIn in = new Smb2Login(connection, guard, opening).login();
    Session session = in.session();
    if (config.protocol() == SmbProtocol.SMB3_ENCRYPTED
        && !session.getSessionContext().isEncryptData()) {
      session.close();
      throw new NotReached(
          ErrorReason.PROTOCOL,
          config + " does not encrypt, and its configuration says encryption: true");
    }
    return new Smb2Session(
        client, connection, in, (PipeShare) session.connectShare("IPC$"), opening.nanoTime());
  }

  private static SmbConfig smbConfig(
      Opening opening, AtomicReference<@Nullable AnswerGuard> guard) {
    return SmbConfig.builder()
        .withTimeout(opening.config().timeout().toMillis(), TimeUnit.MILLISECONDS)
        .withSigningRequired(true)
        .withEncryptData(true)
        .withBufferSize(BUFFER)
        .withDfsEnabled(false)
        .withAuthenticators(Smb2Login.authenticators())
        .withTransportLayerFactory(
            (handlers, smbj) -> {
              AnswerGuard fresh =
                  new AnswerGuard(handlers, smbj, opening.nanoTime(), opening.stage());
              guard.set(fresh);
              return fresh.transport();
            })
        .build();
  }

  @Override
  public boolean alive() {
    return connection.isConnected();
  }

  @Override
  public boolean due() {
    return in.lifetime().isPresent()
        && nanoTime.getAsLong() - began >= in.lifetime().get().toNanos();
  }

  @Override
  public Protection sealing() throws Unsupported {
    return in.sealing().make();
  }

  @Override
  public Optional<String> fallback() {
    return in.fallback();
  }

  @Override
  public Pipe open(String name) throws IOException {
    try {
      return new Smb2Pipe(
          connection,
          pipes.open(
              name,
              SMB2ImpersonationLevel.Impersonation,
              EnumSet.of(AccessMask.GENERIC_READ, AccessMask.GENERIC_WRITE),
              null,
              SMB2ShareAccess.ALL,
              SMB2CreateDisposition.FILE_OPEN,
              null));
    } catch (RuntimeException e) {
      throw PipeRefused.orOther(name, translated(e));
    }
  }

  @Override
  public Optional<Sample> list(String name, String folder, int most, BooleanSupplier enough)
      throws IOException {
    try {
      Optional<Smb2Folder> found = Smb2Folder.open(files(name), folder);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (Smb2Folder open = found.get()) {
        return Optional.of(open.sample(most, enough));
      }
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  @Override
  public Optional<Space> space(String name, String folder) throws IOException {
    try {
      Optional<Smb2Folder> found = Smb2Folder.open(files(name), folder);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (Smb2Folder open = found.get()) {
        return Optional.of(open.space());
      }
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  /** It stays connected until the session ends: another thread may be using it. */
  private DiskShare files(String name) throws StatusException {
    Share share = session.connectShare(name);
    if (share instanceof DiskShare files) {
      return files;
    }
    throw new StatusException(
        BAD_DEVICE_TYPE, new IOException(share.getSmbPath() + " is no share of files"));
  }

  /** Translates the unchecked exceptions of smbj. */
  static IOException translated(RuntimeException failure) {
    if (failure instanceof SMBApiException refused && !GONE.contains(refused.getStatus())) {
      return new StatusException(refused.getStatusCode(), refused);
    }
    if (failure instanceof NtlmException && failure.getCause() == null) {
      return new BrokenProtocol(
          "its NTLM offers no keys of 128 bits, and no shorter ones are used", failure);
    }
    return failure instanceof SMBRuntimeException || failure instanceof UncheckedIOException
        ? new IOException(failure)
        : BrokenProtocol.unreadable(failure);
  }

  @Override
  public void close() {
    try {
      if (connection.isConnected()) {
        session.close();
      }
    } catch (IOException | RuntimeException lost) {
      // The session is gone.
    }
    abandon();
  }

  @Override
  public void abandon() {
    try {
      connection.close(true);
    } catch (IOException | RuntimeException lost) {
      // The connection is closed already.
    }
    client.close();
  }
}

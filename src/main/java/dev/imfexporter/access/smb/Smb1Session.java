package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.smb.rpc.Pipe;
import dev.imfexporter.access.smb.rpc.Protection;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.codelibs.jcifs.smb.CIFSContext;
import org.codelibs.jcifs.smb.CIFSException;
import org.codelibs.jcifs.smb.CloseableIterator;
import org.codelibs.jcifs.smb.Configuration;
import org.codelibs.jcifs.smb.SmbPipeResource;
import org.codelibs.jcifs.smb.SmbResource;
import org.codelibs.jcifs.smb.SmbTreeHandle;
import org.codelibs.jcifs.smb.config.PropertyConfiguration;
import org.codelibs.jcifs.smb.context.BaseContext;
import org.codelibs.jcifs.smb.impl.NtStatus;
import org.codelibs.jcifs.smb.impl.NtlmPasswordAuthenticator;
import org.codelibs.jcifs.smb.impl.SmbException;
import org.codelibs.jcifs.smb.impl.SmbFile;
import org.codelibs.jcifs.smb.impl.SmbNamedPipe;
import org.codelibs.jcifs.smb.impl.SmbPipeHandleInternal;
import org.codelibs.jcifs.smb.impl.SmbTransportInternal;
import org.codelibs.jcifs.smb.util.transport.ConnectionTimeoutException;
import org.codelibs.jcifs.smb.util.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * SMB 1, which Server 2003 speaks and smbj does not. One thread of jcifs reads the connection.
 *
 * <p>jcifs connects and logs in again by itself when it finds its connection lost. That log-in
 * would bypass the {@link LoginGate}, so no call is made once the connection is known to be lost.
 */
final class Smb1Session implements SmbSession {
  /** SYNCHRONIZE, READ_CONTROL, generic read and write, above jcifs's own flags. */
  private static final int PIPE =
      (0x2019f << 16) | SmbPipeResource.PIPE_TYPE_RDWR | SmbPipeResource.PIPE_TYPE_DCE_TRANSACT;

  private final CIFSContext context;
  private final String root;
  private final SmbTransportInternal transport;
  private final SmbTreeHandle pipes;
  private final NtlmIdentity identity;

  private Smb1Session(
      CIFSContext context,
      String root,
      SmbTransportInternal transport,
      SmbTreeHandle pipes,
      NtlmIdentity identity) {
    this.context = context;
    this.root = root;
    this.transport = transport;
    this.pipes = pipes;
    this.identity = identity;
  }

  static Smb1Session open(InetAddress address, Opening opening) throws IOException, NotReached {
    SmbHostConfig config = opening.config();
    Login login = opening.ntlm();
    CIFSContext context =
        new BaseContext(configuration(config))
            .withCredentials(
                new NtlmPasswordAuthenticator(
                    login.domain(), login.user(), new String(login.password())));
    SmbTransportInternal transport = null;
    try {
      transport =
          context
              .getTransportPool()
              .getSmbTransport(
                  context,
                  context.getNameServiceClient().getByName(address.getHostAddress()),
                  config.port(),
                  false,
                  config.protocol() == SmbProtocol.SMB1)
              .unwrap(SmbTransportInternal.class);
      transport.ensureConnected();
      String root = "smb://%s:%d/".formatted(inUrl(address), config.port());
      return new Smb1Session(
          context, root, transport, login(context, root, opening), NtlmIdentity.of(login));
    } catch (IOException e) {
      abandon(transport, context);
      throw translated(e);
    } catch (NotReached | RuntimeException e) {
      abandon(transport, context);
      throw e;
    }
  }

  private static SmbTreeHandle login(CIFSContext context, String root, Opening opening)
      throws IOException, NotReached {
    SmbHostConfig config = opening.config();
    opening.stage().accept(OpeningStage.PERMIT);
    try (LoginGate.LoginPermit permit =
            config.gate().enter(config.toString(), opening.login().secret(), config.timeout());
        SmbFile pipes = new SmbFile(root + "IPC$/", context)) {
      opening.stage().accept(OpeningStage.LOGIN);
      try {
        SmbTreeHandle tree = pipes.getTreeHandle();
        permit.accepted();
        return tree;
      } catch (IOException e) {
        Failures.end(permit, translated(e));
        throw e;
      }
    }
  }

  private static String inUrl(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  /** jcifs ignores a property whose name it does not know. */
  static Configuration configuration(SmbHostConfig config) throws CIFSException {
    String timeout = Long.toString(config.timeout().toMillis());
    String signed = Boolean.toString(config.protocol() == SmbProtocol.SMB1);
    Properties properties = new Properties();
    properties.setProperty("jcifs.client.minVersion", "SMB1");
    properties.setProperty("jcifs.client.maxVersion", "SMB1");
    properties.setProperty("jcifs.client.responseTimeout", timeout);
    properties.setProperty("jcifs.client.connTimeout", timeout);
    properties.setProperty("jcifs.client.maxRequestRetries", "1");
    properties.setProperty("jcifs.client.signingPreferred", "true");
    properties.setProperty("jcifs.client.signingEnforced", signed);
    properties.setProperty("jcifs.client.ipcSigningEnforced", signed);
    properties.setProperty("jcifs.client.dfs.disabled", "true");
    properties.setProperty("jcifs.resolveOrder", "DNS");
    return new PropertyConfiguration(properties);
  }

  @Override
  public Protection sealing() {
    return new NtlmSealing(identity);
  }

  @Override
  public boolean alive() {
    return !transport.isDisconnected();
  }

  @Override
  public Pipe open(String name) throws IOException {
    requireAlive();
    try {
      SmbNamedPipe pipe = new SmbNamedPipe(root + "IPC$/" + name, PIPE, false, context);
      SmbPipeHandleInternal handle = pipe.openPipe().unwrap(SmbPipeHandleInternal.class);
      handle.ensureOpen().close();
      return new Smb1Pipe(pipe, handle);
    } catch (IOException e) {
      throw PipeRefused.orOther(name, translated(e));
    }
  }

  @Override
  public Optional<Sample> list(String share, String folder, int most, BooleanSupplier enough)
      throws IOException {
    requireAlive();
    String below = folder.isEmpty() ? "" : folder.replace('\\', '/') + "/";
    try (SmbFile files = new SmbFile(root + share + "/" + below, context)) {
      return files.exists() ? Optional.of(sample(files, most, enough)) : Optional.empty();
    } catch (IOException e) {
      throw translated(e);
    }
  }

  private Sample sample(SmbFile folder, int most, BooleanSupplier enough) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (CloseableIterator<SmbResource> files = folder.children()) {
      while (files.hasNext()) {
        if (entries.size() == most || enough.getAsBoolean()) {
          return new Sample(entries, false);
        }
        try (SmbResource file = files.next()) {
          entries.add(entry(file));
        }
      }
    }
    // jcifs ends a listing that a lost connection has cut short as if it were complete.
    requireAlive();
    return new Sample(entries, true);
  }

  private static Entry entry(SmbResource file) throws CIFSException {
    String name = file.getName();
    return new Entry(
        name.endsWith("/") ? name.substring(0, name.length() - 1) : name,
        file.isDirectory(),
        file.length(),
        Instant.ofEpochMilli(file.createTime()),
        Instant.ofEpochMilli(file.lastModified()));
  }

  /**
   * By TRANS2_QUERY_FS_INFORMATION (MS-CIFS 2.2.6.4), which asks about the volume of a share as a
   * whole.
   */
  @Override
  public Optional<Space> space(String share, String folder) throws IOException {
    requireAlive();
    String below = folder.isEmpty() ? "" : folder.replace('\\', '/') + "/";
    try (SmbFile files = new SmbFile(root + share + "/" + below, context);
        SmbFile volume = new SmbFile(root + share + "/", context)) {
      if (!files.exists()) {
        return Optional.empty();
      }
      // In this order, jcifs knows the size from the answer about what is free.
      long free = volume.getDiskFreeSpace();
      return Optional.of(new Space(free, volume.length()));
    } catch (IOException e) {
      throw translated(e);
    }
  }

  private void requireAlive() throws IOException {
    if (!alive()) {
      throw new IOException("The connection was lost");
    }
  }

  /** Translates exceptions of jcifs to those of the JDK and to {@link StatusException}. */
  static IOException translated(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isTimeout(cause)) {
        SocketTimeoutException timeout = new SocketTimeoutException(cause.getMessage());
        timeout.initCause(failure);
        return timeout;
      }
    }
    // jcifs gives its own failures the status UNSUCCESSFUL.
    return failure instanceof SmbException refused
            && refused.getNtStatus() != NtStatus.NT_STATUS_UNSUCCESSFUL
            && refused.getNtStatus() != NtStatus.NT_STATUS_SUCCESS
        ? new StatusException(Integer.toUnsignedLong(refused.getNtStatus()), refused)
        : failure;
  }

  /** For a transaction, only the message of the exception shows it. */
  private static boolean isTimeout(Throwable cause) {
    return cause instanceof ConnectionTimeoutException
        || (cause instanceof TransportException
            && String.valueOf(cause.getMessage()).contains("timedout"));
  }

  @Override
  public void close() {
    try {
      if (alive()) {
        pipes.close();
        context.close();
      }
    } catch (CIFSException lost) {
      // The session is gone.
    }
    abandon();
  }

  @Override
  public void abandon() {
    abandon(transport, context);
  }

  private static void abandon(@Nullable SmbTransportInternal transport, CIFSContext context) {
    try {
      if (transport != null) {
        transport.disconnect(true, true);
      }
      context.close();
    } catch (IOException lost) {
      // The connection is closed already.
    }
  }
}

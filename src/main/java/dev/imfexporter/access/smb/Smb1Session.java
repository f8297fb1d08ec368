package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.Files.Entry;
import dev.imfexporter.access.Files.Sample;
import dev.imfexporter.access.smb.rpc.Pipe;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import jcifs.CIFSContext;
import jcifs.CIFSException;
import jcifs.CloseableIterator;
import jcifs.SmbPipeResource;
import jcifs.SmbResource;
import jcifs.SmbTreeHandle;
import jcifs.config.PropertyConfiguration;
import jcifs.context.BaseContext;
import jcifs.smb.NtStatus;
import jcifs.smb.NtlmPasswordAuthenticator;
import jcifs.smb.SmbException;
import jcifs.smb.SmbFile;
import jcifs.smb.SmbNamedPipe;
import jcifs.smb.SmbPipeHandleInternal;
import jcifs.smb.SmbTransportInternal;
import jcifs.util.transport.ConnectionTimeoutException;
import jcifs.util.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * SMB 1, which Server 2003 speaks and smbj does not. One thread of jcifs reads the connection.
 *
 * <p>jcifs connects and logs in again by itself where it finds its connection lost. That would be a
 * log-in that no gate has seen, so nothing is asked of it once the connection is known to be lost.
 */
final class Smb1Session implements SmbSession {
  /** jcifs asks for this much of a pipe, whatever it is given. */
  private static final int PIECE = 1024;

  private static final int LARGEST_MESSAGE = 64 * 1024;

  /** SYNCHRONIZE, READ_CONTROL and generic reading and writing, above jcifs's own flags. */
  private static final int PIPE =
      (0x2019f << 16) | SmbPipeResource.PIPE_TYPE_RDWR | SmbPipeResource.PIPE_TYPE_DCE_TRANSACT;

  private final CIFSContext context;
  private final String root;
  private final SmbTransportInternal transport;
  private final SmbTreeHandle pipes;

  private Smb1Session(
      CIFSContext context, String root, SmbTransportInternal transport, SmbTreeHandle pipes) {
    this.context = context;
    this.root = root;
    this.transport = transport;
    this.pipes = pipes;
  }

  static Smb1Session open(InetAddress address, Target target, Login login)
      throws IOException, NotReached {
    CIFSContext context =
        new BaseContext(new PropertyConfiguration(properties(target)))
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
                  target.port(),
                  false,
                  target.protocol() == SmbProtocol.SMB1)
              .unwrap(SmbTransportInternal.class);
      transport.ensureConnected();
      String root = "smb://%s:%d/".formatted(inUrl(address), target.port());
      return new Smb1Session(context, root, transport, login(context, root, target, login));
    } catch (IOException e) {
      abandon(transport, context);
      throw meaning(e);
    } catch (NotReached | RuntimeException e) {
      abandon(transport, context);
      throw e;
    }
  }

  private static SmbTreeHandle login(CIFSContext context, String root, Target target, Login login)
      throws IOException, NotReached {
    try (LoginGate.Turn turn =
            target.gate().enter(target.toString(), login.secret(), target.timeout());
        SmbFile pipes = new SmbFile(root + "IPC$/", context)) {
      try {
        SmbTreeHandle tree = pipes.getTreeHandle();
        turn.accepted();
        return tree;
      } catch (IOException e) {
        Failures.tell(turn, meaning(e));
        throw e;
      }
    }
  }

  private static String inUrl(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  private static Properties properties(Target target) {
    String timeout = Long.toString(target.timeout().toMillis());
    String signed = Boolean.toString(target.protocol() == SmbProtocol.SMB1);
    Properties properties = new Properties();
    properties.setProperty("jcifs.smb.client.minVersion", "SMB1");
    properties.setProperty("jcifs.smb.client.maxVersion", "SMB1");
    properties.setProperty("jcifs.smb.client.responseTimeout", timeout);
    properties.setProperty("jcifs.smb.client.connTimeout", timeout);
    properties.setProperty("jcifs.smb.client.maxRequestRetries", "1");
    properties.setProperty("jcifs.smb.client.signingPreferred", "true");
    properties.setProperty("jcifs.smb.client.signingEnforced", signed);
    properties.setProperty("jcifs.smb.client.ipcSigningEnforced", signed);
    properties.setProperty("jcifs.smb.client.dfs.disabled", "true");
    properties.setProperty("jcifs.resolveOrder", "DNS");
    return properties;
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
      return new OpenPipe(pipe, handle);
    } catch (IOException e) {
      throw PipeRefused.orOther(name, meaning(e));
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
      throw meaning(e);
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

  private void requireAlive() throws IOException {
    if (!alive()) {
      throw new IOException("The connection was lost");
    }
  }

  /** In the terms of the JDK where jcifs has its own. */
  private static IOException meaning(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isTimeout(cause)) {
        SocketTimeoutException timeout = new SocketTimeoutException(cause.getMessage());
        timeout.initCause(failure);
        return timeout;
      }
    }
    // What jcifs itself cannot do has the status UNSUCCESSFUL.
    return failure instanceof SmbException refused
            && refused.getNtStatus() != NtStatus.NT_STATUS_UNSUCCESSFUL
            && refused.getNtStatus() != NtStatus.NT_STATUS_OK
        ? new StatusException(Integer.toUnsignedLong(refused.getNtStatus()), refused)
        : failure;
  }

  /** Of a transaction, jcifs tells it by its message alone. */
  private static boolean isTimeout(Throwable cause) {
    return cause instanceof ConnectionTimeoutException
        || (cause instanceof TransportException
            && String.valueOf(cause.getMessage()).contains("timedout"));
  }

  private record OpenPipe(SmbNamedPipe pipe, SmbPipeHandleInternal handle) implements Pipe {
    @Override
    public byte[] transact(byte[] message) throws IOException {
      requireOpen();
      byte[] answer = new byte[LARGEST_MESSAGE];
      try {
        return cut(answer, handle.sendrecv(message, 0, message.length, answer, PIECE));
      } catch (IOException e) {
        throw meaning(e);
      }
    }

    @Override
    public void write(byte[] message) throws IOException {
      requireOpen();
      try {
        handle.send(message, 0, message.length);
      } catch (IOException e) {
        throw meaning(e);
      }
    }

    @Override
    public byte[] read() throws IOException {
      requireOpen();
      byte[] piece = new byte[LARGEST_MESSAGE];
      try {
        return cut(piece, handle.recv(piece, 0, PIECE));
      } catch (IOException e) {
        throw meaning(e);
      }
    }

    private static byte[] cut(byte[] bytes, int length) {
      return length <= 0 ? new byte[0] : Arrays.copyOf(bytes, length);
    }

    private void requireOpen() throws IOException {
      if (!handle.isOpen()) {
        throw new IOException("The connection of the pipe was lost");
      }
    }

    @Override
    public void close() {
      try {
        handle.close();
        pipe.close();
      } catch (CIFSException lost) {
        // The host has forgotten it.
      }
    }
  }

  @Override
  public void close() {
    try {
      if (alive()) {
        pipes.close();
        context.close();
      }
    } catch (CIFSException lost) {
      // The host has forgotten it.
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
      // It is closed.
    }
  }
}

package dev.imfexporter.bed;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.PerformanceData;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between smbd and Samba's own {@code winreg}: passes every call on, and can spoil the
 * answers. HKEY_PERFORMANCE_DATA it answers itself, in the bytes of a source, since Samba's own are
 * not those of Windows (MS-RRP 3.1.5.4 OpenPerformanceData, 3.1.5.17 BaseRegQueryValue).
 */
public final class RegistryPipe implements AutoCloseable {
  private static final int OPEN_PERFORMANCE_DATA = 3;
  private static final int CLOSE_KEY = 5;
  private static final int QUERY_VALUE = 17;
  private static final int BINARY = 3;
  private static final int MORE_DATA = 234;

  private static final byte[] PERFORMANCE_ROOT =
      ByteBuffer.allocate(20).putInt(4, 0x50455246).putInt(16, 7).array();

  private final Path samba;
  private final PipeSocket socket;
  private volatile Spoil spoil = Spoil.NOTHING;
  private volatile PerformanceData performance =
      value -> {
        throw new AccessException.Missing("no performance data is fed");
      };
  private volatile CountDownLatch providers = new CountDownLatch(0);

  /** What becomes of the answers of Samba. */
  public enum Spoil {
    NOTHING,
    /** A bit of each byte behind the header is another. */
    FLIPPED,
    /** Half of it, then the end. */
    CUT,
    /** Each comes twice. */
    DOUBLED,
    /** None comes until that ends. */
    HELD
  }

  private RegistryPipe(Path path, Path samba) throws IOException {
    this.samba = samba;
    socket = PipeSocket.serve(path, this::serve);
  }

  /**
   * Serves a socket of a path until it is closed.
   *
   * @param samba the socket of Samba's own server
   */
  static RegistryPipe serve(Path path, Path samba) throws IOException {
    return new RegistryPipe(path, samba);
  }

  public void spoil(Spoil now) {
    spoil = now;
  }

  /** Where the values of HKEY_PERFORMANCE_DATA come from. */
  public void performance(PerformanceData source) {
    performance = source;
  }

  /** Whether the providers of performance data hang; false lets those go on that hang now. */
  public synchronized void hang(boolean hang) {
    providers.countDown();
    providers = new CountDownLatch(hang ? 1 : 0);
  }

  private void serve(DataInputStream in, OutputStream out) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(samba));
        DataInputStream answers = new DataInputStream(Channels.newInputStream(channel));
        OutputStream calls = Channels.newOutputStream(channel)) {
      byte[] whoIsThere = in.readNBytes(in.readInt());
      calls.write(ByteBuffer.allocate(4).putInt(whoIsThere.length).array());
      calls.write(whoIsThere);
      out.write(answers.readNBytes(36));
      out.flush();
      while (true) {
        ByteBuffer call = PipeWire.receive(in);
        if (isPerformance(call)) {
          answer(call, out);
        } else {
          PipeWire.send(calls, PipeWire.bytes(call));
          if ((call.get(3) & PipeWire.LAST) != 0 && !passOn(answers, out)) {
            return;
          }
        }
      }
    }
  }

  private boolean passOn(DataInputStream answers, OutputStream out) throws IOException {
    while (true) {
      byte[] answer = PipeWire.bytes(PipeWire.receive(answers));
      boolean last = (answer[3] & PipeWire.LAST) != 0;
      switch (spoil) {
        case NOTHING -> PipeWire.send(out, answer);
        case FLIPPED -> {
          for (int i = 16; i < answer.length; i++) {
            answer[i] ^= 0x40;
          }
          PipeWire.send(out, answer);
        }
        case CUT -> {
          PipeWire.send(out, Arrays.copyOf(answer, answer.length / 2));
          return false;
        }
        case DOUBLED -> {
          PipeWire.send(out, answer);
          PipeWire.send(out, answer);
        }
        case HELD -> {
          // The one that was asked for never comes.
        }
      }
      if (last) {
        return true;
      }
    }
  }

  private static boolean isPerformance(ByteBuffer call) {
    if (call.get(2) != PipeWire.REQUEST) {
      return false;
    }
    int operation = call.getShort(22);
    return operation == OPEN_PERFORMANCE_DATA
        || ((operation == QUERY_VALUE || operation == CLOSE_KEY)
            && Arrays.equals(
                Arrays.copyOfRange(PipeWire.bytes(call), PipeWire.STUB, PipeWire.STUB + 20),
                PERFORMANCE_ROOT));
  }

  private void answer(ByteBuffer call, OutputStream out) throws IOException {
    byte[] stub =
        switch (call.getShort(22)) {
          case OPEN_PERFORMANCE_DATA -> new PipeWire.Out().handle(PERFORMANCE_ROOT).u32(0).bytes();
          case CLOSE_KEY -> new PipeWire.Out().handle(new byte[20]).u32(0).bytes();
          default ->
              value(call.position(PipeWire.STUB + 20).slice().order(ByteOrder.LITTLE_ENDIAN));
        };
    PipeWire.fragments(out, stub, call.getInt(12), PipeWire.FRAGMENT - PipeWire.STUB);
  }

  private byte[] value(ByteBuffer in) {
    in.position(8 + 8);
    byte[] name = new byte[in.getInt() * 2];
    in.get(name);
    in.position((in.position() + 3) & ~3);
    in.position(in.position() + 8 + 4);
    int room = in.getInt();
    try {
      providers.await();
      byte[] data =
          performance.query(new String(name, StandardCharsets.UTF_16LE).replace("\0", ""));
      PipeWire.Out out = new PipeWire.Out().u32(0x20000).u32(BINARY).u32(0x20004);
      return data.length > room
          ? out.u32(room)
              .u32(0)
              .u32(0)
              .u32(0x20008)
              .u32(room)
              .u32(0x2000c)
              .u32(0)
              .u32(MORE_DATA)
              .bytes()
          : out.u32(data.length)
              .u32(0)
              .u32(data.length)
              .raw(data)
              .u32(0x20008)
              .u32(data.length)
              .u32(0x2000c)
              .u32(data.length)
              .u32(0)
              .bytes();
    } catch (AccessException e) {
      return new PipeWire.Out().u32(0).u32(0).u32(0).u32(0).u32(2).bytes();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    hang(false);
    socket.close();
  }
}

package dev.imfexporter.access.smb;

import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.protocol.transport.PacketSerializer;
import com.hierynomus.protocol.transport.TransportException;
import com.hierynomus.protocol.transport.TransportLayer;
import com.hierynomus.smb.SMBPacket;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of smbj, by SMB over TCP. It ends once: then it closes its socket, passes the
 * reason to the receiver, and fails each write. To connect, to write, and to receive a message
 * whose first byte has come have the same deadline. The wait for an answer has none here, but each
 * call has one of its own. Thread-safe.
 */
final class SmbTransport implements TransportLayer<SMBPacket<?, ?>> {
  private final PacketSerializer<SMBPacket<?, ?>, ?> serializer;
  private final Receiver receiver;
  private final long timeout;
  private final LongSupplier nanoTime;
  private final AsynchronousSocketChannel channel;
  private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
  private volatile boolean connected;

  /** What is to be written; its head is being written. Guarded by itself. */
  private final Queue<ByteBuffer> outgoing = new ArrayDeque<>();

  /** Of the one read that is under way. */
  private final IncomingMessage incoming = new IncomingMessage();

  private long deadline;

  /** What stands behind the connection. Called by one thread at a time, but for {@link #ended}. */
  interface Receiver {
    void connected();

    /** An exception ends the connection. */
    void received(byte[] message) throws IOException;

    /** Called once. */
    void ended(Throwable why);
  }

  SmbTransport(
      PacketSerializer<SMBPacket<?, ?>, ?> serializer,
      Receiver receiver,
      Duration timeout,
      LongSupplier nanoTime)
      throws IOException {
    this.serializer = serializer;
    this.receiver = receiver;
    this.timeout = timeout.toNanos();
    this.nanoTime = nanoTime;
    channel = AsynchronousSocketChannel.open();
  }

  @Override
  public void connect(InetSocketAddress address) throws IOException {
    try {
      await(channel.connect(address));
    } catch (IOException | RuntimeException e) {
      end(e);
      throw e;
    }
    connected = true;
    receiver.connected();
    read();
  }

  private void await(Future<?> connecting) throws IOException {
    try {
      connecting.get(timeout, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException refused ? refused : new IOException(e);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("The host did not accept the connection in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while connecting");
    }
  }

  @Override
  public boolean isConnected() {
    return connected && end.get() == null;
  }

  /** Fails all calls that are under way. */
  @Override
  public void disconnect() {
    end(new TransportException("The connection was closed"));
  }

  private void end(Throwable why) {
    if (!end.compareAndSet(null, why)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException closed) {
      // Its descriptor is free in any case.
    }
    receiver.ended(why);
  }

  @Override
  public void write(SMBPacket<?, ?> packet) throws TransportException {
    ByteBuffer message = framed(serializer.write(packet));
    boolean first;
    synchronized (outgoing) {
      // After the end, the receiver would wait in vain for an answer to this.
      if (!isConnected()) {
        throw new TransportException("The connection has ended", end.get());
      }
      outgoing.add(message);
      first = outgoing.size() == 1;
    }
    if (first) {
      write(message);
    }
  }

  private static ByteBuffer framed(Buffer<?> packet) {
    int length = packet.available();
    return ByteBuffer.allocate(Integer.BYTES + length)
        .putInt(length)
        .put(packet.array(), packet.rpos(), length)
        .flip();
  }

  private void write(ByteBuffer message) {
    channel.write(message, timeout, TimeUnit.NANOSECONDS, message, written);
  }

  private final CompletionHandler<Integer, ByteBuffer> written =
      new CompletionHandler<>() {
        @Override
        public void completed(Integer count, ByteBuffer message) {
          ByteBuffer next = message;
          if (!message.hasRemaining()) {
            synchronized (outgoing) {
              outgoing.remove();
              next = outgoing.peek();
            }
          }
          if (next != null) {
            write(next);
          }
        }

        @Override
        public void failed(Throwable why, ByteBuffer message) {
          end(translated(why, "The host did not take a request in time"));
        }
      };

  private void read() {
    long wait = incoming.begun() ? Math.max(1, deadline - nanoTime.getAsLong()) : 0;
    channel.read(incoming.room(), wait, TimeUnit.NANOSECONDS, null, arrived);
  }

  private final CompletionHandler<Integer, @Nullable Void> arrived =
      new CompletionHandler<>() {
        private boolean begun;

        @Override
        public void completed(Integer count, @Nullable Void none) {
          if (count < 0) {
            end(new EOFException("The host closed the connection"));
            return;
          }
          if (!begun) {
            deadline = nanoTime.getAsLong() + timeout;
          }
          try {
            byte[] message = incoming.take();
            if (message != null) {
              receiver.received(message);
            }
          } catch (IOException | RuntimeException | Error e) {
            // Also an error: nothing else would tell the calls that no answer comes any more.
            end(e);
            return;
          }
          begun = incoming.begun();
          read();
        }

        @Override
        public void failed(Throwable why, @Nullable Void none) {
          end(translated(why, "The host stopped in the middle of an answer"));
        }
      };

  private static Throwable translated(Throwable failure, String timeout) {
    return failure instanceof InterruptedByTimeoutException
        ? new SocketTimeoutException(timeout)
        : failure;
  }
}

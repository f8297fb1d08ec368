package dev.imfexporter.access.smb;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages of SMB from the bytes that arrive (MS-SMB2 2.1): four that announce the length of
 * a message, and the message. Its memory grows with what has arrived, not with what is announced.
 * For one thread at a time.
 */
final class IncomingMessage {
  /**
   * Above every answer that our requests allow: so much data was asked for, and a copy of the
   * request, which is a fragment of RPC, and the headers stay far below the rest.
   */
  static final int LARGEST = Smb2Session.BUFFER + 16 * 1024;

  private static final int ANNOUNCEMENT = 4;
  private static final int FIRST_ROOM = 4 * 1024;

  private ByteBuffer room = ByteBuffer.allocate(ANNOUNCEMENT);
  private boolean announced;
  private int length;

  /** Where the next bytes belong: at least one, none of them of the message behind. */
  ByteBuffer room() {
    return room;
  }

  /** Whether a part of a message has arrived. */
  boolean begun() {
    return announced || room.position() > 0;
  }

  /**
   * To be called when bytes have arrived in {@link #room}.
   *
   * @return the message, or null while a part of it is missing
   */
  byte @Nullable [] take() throws BrokenProtocol {
    if (room.hasRemaining()) {
      return null;
    }
    if (!announced) {
      length = length(room.getInt(0));
      announced = true;
      room = ByteBuffer.allocate(Math.min(length, FIRST_ROOM));
      return null;
    }
    if (room.capacity() < length) {
      room = ByteBuffer.allocate(Math.min(length, 2 * room.capacity())).put(room.flip());
      return null;
    }
    byte[] message = room.array();
    room = ByteBuffer.allocate(ANNOUNCEMENT);
    announced = false;
    return message;
  }

  private static int length(int announcement) throws BrokenProtocol {
    int length = announcement & 0xffffff;
    if (length != announcement || length == 0) {
      throw new BrokenProtocol(
          "it sent the bytes %08x, which is no SMB over TCP".formatted(announcement));
    }
    if (length > LARGEST) {
      throw new BrokenProtocol(
          "it announced an answer of %d bytes, and none has more than %d"
              .formatted(length, LARGEST));
    }
    return length;
  }
}

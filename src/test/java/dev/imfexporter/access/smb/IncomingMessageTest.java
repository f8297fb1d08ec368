package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingMessageTest {
  private final IncomingMessage incoming = new IncomingMessage();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 1000, Integer.MAX_VALUE})
  void messagesAreTheSameInPiecesOfAnySize(int piece) throws Exception {
    byte[] first = bytes(1, 1);
    byte[] second = bytes(5000, 2);
    byte[] third = bytes(IncomingMessage.LARGEST, 3);

    assertThat(arrive(ByteBuffer.wrap(joined(first, second, third)), piece))
        .containsExactly(first, second, third);
    assertThat(incoming.begun()).isFalse();
  }

  @Test
  void memoryGrowsWithWhatHasArrived() throws Exception {
    arrive(ByteBuffer.allocate(4).putInt(IncomingMessage.LARGEST).flip(), 4);
    assertThat(incoming.begun()).isTrue();
    assertThat(incoming.room().capacity()).isLessThanOrEqualTo(4096);

    arrive(ByteBuffer.allocate(10_000), 10_000);

    assertThat(incoming.room().capacity()).isLessThanOrEqualTo(2 * 10_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {IncomingMessage.LARGEST + 1, 0xffffff})
  void messageThatIsTooLongIsRefusedBeforeItArrives(int length) {
    assertThatThrownBy(() -> arrive(ByteBuffer.allocate(4).putInt(length).flip(), 4))
        .isInstanceOf(BrokenProtocol.class)
        .hasMessageContaining(length + " bytes")
        .hasMessageContaining("more than " + IncomingMessage.LARGEST);
  }

  /** A keep-alive of NetBIOS, HTTP, no bytes. */
  @ParameterizedTest
  @ValueSource(ints = {0x85000000, 0x48545450, 0})
  void whatIsNoSmbIsRefused(int announcement) {
    assertThatThrownBy(() -> arrive(ByteBuffer.allocate(4).putInt(announcement).flip(), 4))
        .isInstanceOf(BrokenProtocol.class)
        .hasMessageContaining("%08x, which is no SMB".formatted(announcement));
  }

  private List<byte[]> arrive(ByteBuffer bytes, int piece) throws BrokenProtocol {
    List<byte[]> messages = new ArrayList<>();
    while (bytes.hasRemaining()) {
      ByteBuffer room = incoming.room();
      assertThat(room.hasRemaining()).isTrue();
      int length = Math.min(Math.min(piece, room.remaining()), bytes.remaining());
      room.put(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
      byte[] message = incoming.take();
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] joined(byte[]... messages) {
    ByteBuffer all =
        ByteBuffer.allocate(Arrays.stream(messages).mapToInt(one -> 4 + one.length).sum());
    for (byte[] message : messages) {
      all.putInt(message.length).put(message);
    }
    return all.array();
  }
}

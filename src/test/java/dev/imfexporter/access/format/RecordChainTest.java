package dev.imfexporter.access.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordChainTest {
  private static final int[] LENGTHS = {56, 100, 60};

  /** Records 7, 8 and 9. */
  private static byte[] chain() {
    ByteBuffer chain = ByteBuffer.allocate(216).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int i = 0; i < LENGTHS.length; i++) {
      chain.putInt(at, LENGTHS[i]).putInt(at + 8, 7 + i);
      at += LENGTHS[i];
      chain.putInt(at - 4, LENGTHS[i]);
    }
    return chain.array();
  }

  private static byte[] withInt(int at, int value) {
    byte[] chain = chain();
    ByteBuffer.wrap(chain).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return chain;
  }

  @Test
  void endsOfTheChain() throws Exception {
    assertThat(RecordChain.firstNumber(chain())).isEqualTo(7);
    assertThat(RecordChain.lastNumber(chain())).isEqualTo(9);
  }

  @Test
  void numbersAreUnsigned() throws Exception {
    assertThat(RecordChain.firstNumber(withInt(8, -1))).isEqualTo(4_294_967_295L);
  }

  @Test
  void fromARecordOn() throws Exception {
    assertThat(RecordChain.from(chain(), 7)).isEqualTo(chain());
    assertThat(RecordChain.from(chain(), 9)).isEqualTo(Arrays.copyOfRange(chain(), 156, 216));
    assertThat(RecordChain.from(chain(), 10)).isEmpty();
  }

  @Test
  void lengthsThatLeadNowhere() {
    for (int length : new int[] {0, -1, 55, 217, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> RecordChain.firstNumber(withInt(0, length)))
          .isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> RecordChain.lastNumber(withInt(212, length)))
          .isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> RecordChain.from(withInt(56, length), 9))
          .isInstanceOf(Malformed.class);
    }
    for (int bytes : new int[] {1, 3, 55}) {
      byte[] torn = Arrays.copyOf(chain(), bytes);
      assertThatThrownBy(() -> RecordChain.firstNumber(torn)).isInstanceOf(Malformed.class);
      assertThatThrownBy(() -> RecordChain.lastNumber(torn)).isInstanceOf(Malformed.class);
    }
  }
}

package dev.imfexporter.access.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * Damages bytes as a broken provider, a short read or an attacker would; repeatable by its seed.
 */
final class Corruption {
  private static final int[] NASTY = {
    0, 1, 3, 4, 24, 40, 64, 88, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF8, 0x10000, 0x100
  };

  private Corruption() {}

  static byte[] of(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int field = 4 * random.nextInt(bytes.length / 4);
      switch (random.nextInt(4)) {
        case 0 -> buffer.putInt(field, NASTY[random.nextInt(NASTY.length)]);
        case 1 -> buffer.putInt(field, random.nextInt());
        case 2 -> buffer.putInt(field, buffer.getInt(field) + random.nextInt(33) - 16);
        default -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}

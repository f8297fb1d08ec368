package dev.imfexporter.access.smb;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of aes128-cts-hmac-sha1-96 or aes256-cts-hmac-sha1-96 (RFC 3961, 5; RFC 3962). Each use has
 * keys of its own, made of it and a number. The JDK has no public way to them.
 */
final class KerberosKey {
  /** Of a block of AES, and of the random bytes before what is encrypted. */
  static final int BLOCK = 16;

  /** Of a checksum. */
  static final int CHECKSUM = 12;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  /** The last byte of the constant of a derived key (RFC 3961, 5.3). */
  private enum Use {
    ENCRYPTION(0xaa),
    INTEGRITY(0x55),
    CHECKSUM(0x99);

    private final byte last;

    Use(int last) {
      this.last = (byte) last;
    }
  }

  /**
   * @param key 16 or 32 bytes
   */
  KerberosKey(byte[] key) {
    this.key = key.clone();
  }

  /** A new one of the same length. */
  KerberosKey fresh() {
    return new KerberosKey(random(key.length));
  }

  byte[] bytes() {
    return key.clone();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Random bytes and the plain ones, encrypted, and their checksum behind. */
  byte[] encrypt(int usage, byte[] plain) {
    byte[] all = Der.joined(random(BLOCK), plain);
    return Der.joined(scramble(usage, all), integrity(usage, all));
  }

  /** Takes {@link #encrypt} back; fails for another key and for bytes that were changed. */
  byte[] decrypt(int usage, byte[] sealed) throws Malformed {
    if (sealed.length <= 2 * BLOCK) {
      throw changed();
    }
    int end = sealed.length - CHECKSUM;
    byte[] all = unscramble(usage, Arrays.copyOf(sealed, end));
    byte[] sent = Arrays.copyOfRange(sealed, end, sealed.length);
    if (!MessageDigest.isEqual(integrity(usage, all), sent)) {
      throw changed();
    }
    return Arrays.copyOfRange(all, BLOCK, all.length);
  }

  private static Malformed changed() {
    return new Malformed("The host has another key, or its message was changed on its way");
  }

  /** The checksum of what {@link #scramble} hides. */
  byte[] integrity(int usage, byte[]... parts) {
    return hmac(derived(usage, Use.INTEGRITY), parts);
  }

  /** The checksum of what is not encrypted. */
  byte[] checksum(int usage, byte[]... parts) {
    return hmac(derived(usage, Use.CHECKSUM), parts);
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return Arrays.copyOf(mac.doFinal(), CHECKSUM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** DK (RFC 3961, 5.1). */
  private byte[] derived(int usage, Use use) {
    byte[] constant = ByteBuffer.allocate(5).putInt(usage).put(use.last).array();
    byte[] block = fold(constant, BLOCK);
    byte[] derived = new byte[key.length];
    for (int at = 0; at < derived.length; at += BLOCK) {
      block = cipher("AES/ECB/NoPadding", Cipher.ENCRYPT_MODE, key, block);
      System.arraycopy(block, 0, derived, at, BLOCK);
    }
    return derived;
  }

  /**
   * n-fold (RFC 3961, 5.1): copies of the bytes, each turned right by 13 bits more, cut into pieces
   * of that size, whose sum in one's complement it is.
   */
  static byte[] fold(byte[] in, int size) {
    int bits = in.length * Byte.SIZE;
    int all = in.length;
    while (all % size != 0) {
      all += in.length;
    }
    int[] sums = new int[size];
    for (int i = 0; i < all; i++) {
      int turned = 13 * (i / in.length) % bits;
      int value = 0;
      for (int b = 0; b < Byte.SIZE; b++) {
        int bit = Math.floorMod(i % in.length * Byte.SIZE + b - turned, bits);
        value = (value << 1) | ((in[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE)) & 1);
      }
      sums[i % size] += value;
    }
    int carry = 0;
    do {
      for (int i = size - 1; i >= 0; i--) {
        int value = sums[i] + carry;
        sums[i] = value & 0xff;
        carry = value >> Byte.SIZE;
      }
    } while (carry != 0);
    byte[] folded = new byte[size];
    for (int i = 0; i < size; i++) {
      folded[i] = (byte) sums[i];
    }
    return folded;
  }

  /**
   * CBC with ciphertext stealing, the last two blocks swapped (RFC 3962, 5).
   *
   * @param plain more than a block
   */
  byte[] scramble(int usage, byte[] plain) {
    int last = lastBlock(plain);
    int head = plain.length - last - BLOCK;
    byte[] whole =
        cbc(
            Cipher.ENCRYPT_MODE,
            derived(usage, Use.ENCRYPTION),
            Arrays.copyOf(plain, plain.length + BLOCK - last));
    byte[] out = Arrays.copyOf(whole, plain.length);
    System.arraycopy(whole, head + BLOCK, out, head, BLOCK);
    System.arraycopy(whole, head, out, head + BLOCK, last);
    return out;
  }

  /** Takes {@link #scramble} back. */
  byte[] unscramble(int usage, byte[] scrambled) throws Malformed {
    if (scrambled.length <= BLOCK) {
      throw changed();
    }
    byte[] of = derived(usage, Use.ENCRYPTION);
    int last = lastBlock(scrambled);
    int head = scrambled.length - last - BLOCK;
    byte[] stolen =
        cipher(
            "AES/ECB/NoPadding",
            Cipher.DECRYPT_MODE,
            of,
            Arrays.copyOfRange(scrambled, head, head + BLOCK));
    byte[] whole = new byte[scrambled.length + BLOCK - last];
    System.arraycopy(scrambled, 0, whole, 0, head);
    System.arraycopy(scrambled, head + BLOCK, whole, head, last);
    System.arraycopy(stolen, last, whole, head + last, BLOCK - last);
    System.arraycopy(scrambled, head, whole, head + BLOCK, BLOCK);
    return Arrays.copyOf(cbc(Cipher.DECRYPT_MODE, of, whole), scrambled.length);
  }

  private static int lastBlock(byte[] bytes) {
    return bytes.length % BLOCK == 0 ? BLOCK : bytes.length % BLOCK;
  }

  private static byte[] cbc(int mode, byte[] key, byte[] bytes) {
    return cipher("AES/CBC/NoPadding", mode, key, bytes);
  }

  private static byte[] cipher(String name, int mode, byte[] key, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance(name);
      SecretKeySpec aes = new SecretKeySpec(key, "AES");
      if (name.contains("CBC")) {
        cipher.init(mode, aes, new IvParameterSpec(new byte[BLOCK]));
      } else {
        cipher.init(mode, aes);
      }
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.imfexporter.access.smb;

import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * As much of DER (X.690) as the messages of Kerberos (RFC 4120, 5) and SPNEGO (RFC 4178, 4.2) need.
 * What is read comes from a host: every length is checked.
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTETS = 0x04;
  static final int SEQUENCE = 0x30;

  private static final int GENERAL_STRING = 0x1b;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int CONTEXT = 0xa0;
  private static final int APPLICATION = 0x60;
  private static final int LONG_FORM = 0x80;

  /** No token is longer than 64 KiB. */
  private static final int MOST_LENGTH_BYTES = 3;

  private Der() {}

  /** An element with this tag, and the parts as its contents. */
  static byte[] element(int tag, byte[]... parts) {
    byte[] body = joined(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (body.length < LONG_FORM) {
      out.write(body.length);
    } else {
      byte[] length = BigInteger.valueOf(body.length).toByteArray();
      int zeros = length[0] == 0 ? 1 : 0;
      out.write(LONG_FORM | (length.length - zeros));
      out.write(length, zeros, length.length - zeros);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  /** {@code [number]} of an explicit tag. */
  static byte[] tagged(int number, byte[]... parts) {
    return element(tag(number), parts);
  }

  static int tag(int number) {
    return CONTEXT | number;
  }

  static byte[] application(int number, byte[]... parts) {
    return element(applicationTag(number), parts);
  }

  static int applicationTag(int number) {
    return APPLICATION | number;
  }

  static byte[] sequence(byte[]... parts) {
    return element(SEQUENCE, parts);
  }

  static byte[] integer(long value) {
    return element(INTEGER, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] octets(byte[] value) {
    return element(OCTETS, value);
  }

  /** KerberosString; Windows writes names in UTF-8 into it. */
  static byte[] string(String value) {
    return element(GENERAL_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param value as {@code 20261127231500Z}
   */
  static byte[] time(String value) {
    return element(GENERALIZED_TIME, value.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The contents of an element, whose tags one inside the other must be these. */
  static byte[] contents(byte[] element, int... tags) throws Malformed {
    byte[] at = element;
    for (int tag : tags) {
      Span span = span(at, 0);
      if (Byte.toUnsignedInt(at[0]) != tag) {
        throw new Malformed(
            "The host sent the element 0x%02x of Kerberos, want 0x%02x"
                .formatted(Byte.toUnsignedInt(at[0]), tag));
      }
      at = Arrays.copyOfRange(at, span.from(), span.to());
    }
    return at;
  }

  /** The contents of the element with {@code [number]} among these; empty if there is none. */
  static Optional<byte[]> find(byte[] elements, int number) throws Malformed {
    int at = 0;
    while (at < elements.length) {
      Span span = span(elements, at);
      if (Byte.toUnsignedInt(elements[at]) == tag(number)) {
        return Optional.of(Arrays.copyOfRange(elements, span.from(), span.to()));
      }
      at = span.to();
    }
    return Optional.empty();
  }

  /** As {@link #find}, for one that must be there. */
  static byte[] need(byte[] elements, int number) throws Malformed {
    return find(elements, number)
        .orElseThrow(() -> new Malformed("The host left out [" + number + "] of Kerberos"));
  }

  /** The value of an INTEGER, as far as 64 bits go. */
  static long number(byte[] integer) throws Malformed {
    byte[] value = contents(integer, INTEGER);
    if (value.length == 0) {
      throw new Malformed("The host sent a number of Kerberos without digits");
    }
    return new BigInteger(value).longValue();
  }

  /** Where the contents of an element stand. */
  private record Span(int from, int to) {}

  private static Span span(byte[] der, int at) throws Malformed {
    if (der.length - at < 2) {
      throw tooShort();
    }
    int length = Byte.toUnsignedInt(der[at + 1]);
    int from = at + 2;
    if (length >= LONG_FORM) {
      int count = length - LONG_FORM;
      if (count > MOST_LENGTH_BYTES || der.length - from < count) {
        throw tooShort();
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << Byte.SIZE | Byte.toUnsignedInt(der[from++]);
      }
    }
    if (length > der.length - from) {
      throw tooShort();
    }
    return new Span(from, from + length);
  }

  private static Malformed tooShort() {
    return new Malformed("The host sent a message of Kerberos that ends too early");
  }
}

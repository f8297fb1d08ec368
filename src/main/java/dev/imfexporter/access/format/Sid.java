package dev.imfexporter.access.format;

import dev.imfexporter.access.AccessException.Malformed;

/**
 * Security identifiers (<a
 * href="https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/f992ad60-0fe4-4b87-9fed-beb478836861">
 * MS-DTYP 2.4.2.2</a>).
 */
final class Sid {
  private static final int REVISION = 1;
  private static final int HEADER = 8;

  /** SID_MAX_SUB_AUTHORITIES. */
  private static final int MOST = 15;

  private Sid() {}

  /** The SID at that place, as text: S-1-5-18. */
  static String text(Bytes structure, int offset, int size) throws Malformed {
    int revision = structure.octet("Sid.Revision", offset);
    int count = structure.octet("Sid.SubAuthorityCount", offset + 1);
    if (revision != REVISION || count > MOST || HEADER + count * Integer.BYTES > size) {
      throw structure.malformed(
          "Sid has revision %d and %d parts in %d bytes".formatted(revision, count, size));
    }
    long authority = 0;
    for (int i = 2; i < HEADER; i++) {
      authority = (authority << Byte.SIZE) | structure.octet("Sid.IdentifierAuthority", offset + i);
    }
    StringBuilder text = new StringBuilder("S-1-");
    text.append(authority < 1L << 32 ? Long.toString(authority) : "0x%012X".formatted(authority));
    for (int i = 0; i < count; i++) {
      text.append('-')
          .append(structure.unsigned("Sid.SubAuthority", offset + HEADER + i * Integer.BYTES));
    }
    return text.toString();
  }
}

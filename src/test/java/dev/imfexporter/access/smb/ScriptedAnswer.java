package dev.imfexporter.access.smb;

import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.protocol.commons.buffer.Endian;
import com.hierynomus.spnego.NegTokenTarg;
import com.hierynomus.spnego.SpnegoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Answers of a {@link ScriptedServer}, up to the challenge of the log-in. */
final class ScriptedAnswer {
  static final int SMB_2_1 = 0x0210;
  static final int NOT_SUPPORTED = 0xc00000bb;

  /** NTLM flags (MS-NLMP 2.2.2.5): Unicode, NTLM, extended session security, target info. */
  static final int WITHOUT_128_BITS = 0x00000001 | 0x00000200 | 0x00080000 | 0x00800000;

  // MS-SMB2 2.2.1.2
  private static final int PROTOCOL_ID = 0x424d53fe;
  private static final int HEADER = 64;
  private static final int MESSAGE_ID = 24;
  private static final int SESSION_SETUP = 1;
  private static final int MORE_PROCESSING_REQUIRED = 0xc0000016;

  private ScriptedAnswer() {}

  /** MS-SMB2 2.2.4. */
  static byte[] negotiated(byte[] request, int dialect) {
    ByteBuffer answer = header(request, 0, 0, 0, 65);
    answer.putShort((short) 65).putShort((short) 3).putShort((short) dialect).putShort((short) 0);
    answer.putLong(1).putLong(1).putInt(0); // GUID, capabilities
    answer.putInt(65536).putInt(65536).putInt(65536);
    answer.putLong(0).putLong(0); // times
    answer.putShort((short) 128).putShort((short) 0).putInt(0);
    return bytes(answer);
  }

  /** MS-SMB2 2.2.2, to the request to negotiate. */
  static byte[] refused(byte[] request, int status) {
    ByteBuffer answer = header(request, 0, status, 0, 9);
    answer.putShort((short) 9);
    return bytes(answer);
  }

  /** MS-SMB2 2.2.6, with a challenge (MS-NLMP 2.2.1.2). */
  static byte[] challenge(byte[] request, int ntlmFlags) {
    ByteBuffer challenge = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    challenge.put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).putInt(2);
    challenge.putShort((short) 0).putShort((short) 0).putInt(56); // target name
    challenge.putInt(ntlmFlags).putLong(0x1122334455667788L).putLong(0);
    challenge.putShort((short) 4).putShort((short) 4).putInt(56); // target info: its end
    NegTokenTarg token = new NegTokenTarg();
    token.setResponseToken(challenge.array());
    Buffer.PlainBuffer encoded = new Buffer.PlainBuffer(Endian.LE);
    try {
      token.write(encoded);
    } catch (SpnegoException e) {
      throw new IllegalStateException(e);
    }
    byte[] bytes = encoded.getCompactData();
    ByteBuffer answer =
        header(request, SESSION_SETUP, MORE_PROCESSING_REQUIRED, 4711, 8 + bytes.length);
    answer.putShort((short) 9).putShort((short) 0);
    answer.putShort((short) (HEADER + 8)).putShort((short) bytes.length).put(bytes);
    return bytes(answer);
  }

  /** SMB_COM_NEGOTIATE (MS-CIFS 2.2.4.52) of a server that speaks none of the dialects. */
  static byte[] smb1() {
    ByteBuffer answer = ByteBuffer.allocate(37).order(ByteOrder.LITTLE_ENDIAN);
    answer.putInt(0x424d53ff).put((byte) 0x72).putInt(0).put((byte) 0x88);
    answer.position(32);
    answer.put((byte) 1).putShort((short) -1).putShort((short) 0);
    return bytes(answer);
  }

  private static byte[] bytes(ByteBuffer answer) {
    byte[] bytes = new byte[answer.capacity()];
    answer.rewind().get(bytes);
    return bytes;
  }

  private static ByteBuffer header(
      byte[] request, int command, int status, long session, int length) {
    ByteBuffer answer = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
    answer.putInt(PROTOCOL_ID).putShort((short) HEADER).putShort((short) 1).putInt(status);
    answer.putShort((short) command).putShort((short) 64).putInt(1).putInt(0);
    answer.putLong(ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN).getLong(MESSAGE_ID));
    answer.putLong(0).putLong(session);
    return answer.position(HEADER);
  }
}

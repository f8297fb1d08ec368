package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.bed.AnswerProxy;
import dev.imfexporter.bed.SambaBed;
import dev.imfexporter.bed.ServicePipe;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the exporter and a real Samba server changes the answers. */
@Tag("samba")
class SmbTamperingTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  // MS-SMB2 2.2.1.2
  private static final int STATUS = 8;
  private static final int COMMAND = 12;
  private static final int FLAGS = 16;
  private static final int MESSAGE_ID = 24;
  private static final int SESSION_ID = 40;
  private static final int SIGNATURE = 48;
  private static final int HEADER = 64;
  private static final int SIGNED = 8;
  private static final int SESSION_SETUP = 1;
  private static final int MORE_PROCESSING_REQUIRED = 0xc0000016;

  private final AtomicLong later = new AtomicLong();

  /** How an answer is changed that is signed. */
  private enum Attack {
    UNSIGNED_WITHOUT_SESSION(false, 0L, true),
    UNSIGNED_WITH_UNKNOWN_SESSION(false, 4711L, true),
    UNSIGNED(false, null, true),
    GARBAGE_WITHOUT_SESSION(true, 0L, true),
    GARBAGE_WITH_UNKNOWN_SESSION(true, 4711L, true),
    GARBAGE(true, null, true),
    CHANGED(true, null, false);

    private final boolean signed;
    private final @Nullable Long session;
    private final boolean signature;

    Attack(boolean signed, @Nullable Long session, boolean signature) {
      this.signed = signed;
      this.session = session;
      this.signature = signature;
    }

    byte[] on(byte[] answer) {
      byte[] changed = answer.clone();
      ByteBuffer fields = fields(changed);
      int flags = fields.getInt(FLAGS);
      fields.putInt(FLAGS, signed ? flags | SIGNED : flags & ~SIGNED);
      if (session != null) {
        fields.putLong(SESSION_ID, session);
      }
      if (signature) {
        Arrays.fill(changed, SIGNATURE, HEADER, (byte) (signed ? 7 : 0));
      } else {
        changed[changed.length - 1] ^= 1;
      }
      return changed;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server min protocol = SMB2_02\nserver max protocol = SMB2_02",
        "server min protocol = SMB2_10\nserver max protocol = SMB2_10",
        "server min protocol = SMB3_00\nserver max protocol = SMB3_00\nsmb encrypt = off",
        "server min protocol = SMB3_11\nsmb encrypt = off"
      })
  void anAnswerThatIsNotSignedIsRefused(String option) throws Exception {
    try (SambaBed bed = bed(option)) {
      for (Attack attack : Attack.values()) {
        refuses(bed, attack.name(), attack::on);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server min protocol = SMB3_00\nserver max protocol = SMB3_00\nsmb encrypt = required",
        "server min protocol = SMB3_11\nsmb encrypt = required"
      })
  void anEncryptedSessionTakesNoPlainAnswerAndNoChangedOne(String option) throws Exception {
    try (SambaBed bed = bed(option)) {
      refuses(bed, "plain", SmbTamperingTest::plain);
      refuses(
          bed,
          "changed",
          answer -> {
            byte[] changed = answer.clone();
            changed[changed.length - 1] ^= 1;
            return changed;
          });
    }
  }

  @Test
  void aGuestIsNoSession() throws Exception {
    try (SambaBed bed = bed("map to guest = bad password\nguest account = nobody");
        SmbHost host = host(bed.port(), "wrong")) {
      assertThatThrownBy(() -> host.services().status("SMTPSVC"))
          .isInstanceOfSatisfying(
              NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.AUTH))
          .hasMessageContaining("as a guest");
    }
  }

  @Test
  void aHostThatAsksForAnotherAnswerToItsChallengeIsAskedOnce() throws Exception {
    try (SambaBed bed = bed("smb encrypt = off");
        AnswerProxy proxy = new AnswerProxy(bed.port());
        SmbHost host = host(proxy.port(), SambaBed.PASSWORD)) {
      AtomicInteger challenges = new AtomicInteger();
      AtomicInteger first = new AtomicInteger();
      byte[][] challenge = new byte[1][];
      proxy.change(
          answer -> {
            if (fields(answer).getShort(COMMAND) != SESSION_SETUP) {
              return answer;
            }
            challenges.incrementAndGet();
            if (first.getAndIncrement() == 0) {
              challenge[0] = answer.clone();
              return answer;
            }
            byte[] again = challenge[0].clone();
            fields(again).putLong(MESSAGE_ID, fields(answer).getLong(MESSAGE_ID));
            fields(again).putInt(STATUS, MORE_PROCESSING_REQUIRED);
            return again;
          });

      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> host.services().status("SMTPSVC"))
            .isInstanceOfSatisfying(
                NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.PROTOCOL))
            .hasMessageContaining("second challenge");
      }
      assertThat(challenges).hasValue(2);
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatIsTooLongEndsTheConnection() throws Exception {
    try (SambaBed bed = bed("smb encrypt = off");
        AnswerProxy proxy = new AnswerProxy(bed.port());
        SmbHost host = host(proxy.port(), SambaBed.PASSWORD)) {
      assertThat(host.services().status("SMTPSVC")).isPresent();
      proxy.change(answer -> new byte[IncomingMessage.LARGEST + 1]);

      assertThatThrownBy(() -> host.services().status("SMTPSVC"))
          .isInstanceOfSatisfying(
              NotReached.class,
              e -> assertThat(e.reason()).as(e.toString()).isEqualTo(ErrorReason.PROTOCOL))
          .hasMessageContaining("announced an answer of " + (IncomingMessage.LARGEST + 1));
      assertThat(proxy.connections()).isEqualTo(1);

      proxy.change(answer -> answer);
      assertThat(host.services().status("SMTPSVC")).isPresent();
    }
  }

  private void refuses(SambaBed bed, String attack, UnaryOperator<byte[]> change) throws Exception {
    try (AnswerProxy proxy = new AnswerProxy(bed.port());
        SmbHost host = host(proxy.port(), SambaBed.PASSWORD)) {
      assertThat(host.services().status("SMTPSVC")).as(attack).isPresent();
      proxy.change(change);
      long begun = System.nanoTime();

      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> host.services().status("SMTPSVC"))
            .as(attack)
            .isInstanceOfSatisfying(
                NotReached.class,
                e -> assertThat(e.reason()).as(e.toString()).isEqualTo(ErrorReason.TAMPERING));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(attack).isLessThan(TIMEOUT);
      assertThat(proxy.connections()).as(attack).isEqualTo(1);

      proxy.change(answer -> answer);
      later.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(host.services().status("SMTPSVC")).as(attack).isPresent();
    }
  }

  /** The header of a plain answer, which needs no key. */
  private static byte[] plain(byte[] answer) {
    byte[] plain = new byte[HEADER + 9];
    fields(plain)
        .putInt(0, 0x424d53fe)
        .putShort(4, (short) HEADER)
        .putInt(STATUS, 0xc0000022)
        .putInt(FLAGS, 1)
        .putLong(SESSION_ID, fields(answer).getLong(44))
        .putShort(HEADER, (short) 9);
    return plain;
  }

  private static ByteBuffer fields(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
  }

  private long nanoTime() {
    return System.nanoTime() + later.get();
  }

  private SmbHost host(int port, String password) {
    return new SmbHost(
        new SmbHostConfig(
            "127.0.0.1",
            port,
            () -> new Login("", SambaBed.USER, password.toCharArray()),
            new LoginGate(false, this::nanoTime),
            SmbProtocol.SMB2,
            TIMEOUT),
        this::nanoTime);
  }

  private static SambaBed bed(String option) throws Exception {
    SambaBed bed = SambaBed.start(option);
    bed.services()
        .put("SMTPSVC", new ServicePipe.Service(ServiceState.RUNNING, 2, false, "SMTP", List.of()));
    return bed;
  }
}

package dev.imfexporter.access.smb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.imfexporter.access.AccessException.NotReached;
import dev.imfexporter.access.ErrorReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoginGateTest {
  private static final int SECRET = 1;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String WRONG = "unknown account or wrong password";

  private final AtomicLong nanos = new AtomicLong();
  private final LoginGate gate = new LoginGate(true, nanos::get);

  @Test
  void aHostThatRefusedIsLeftAloneForHalfAnHour() throws NotReached {
    enter("mail01").accepted();
    enter("mail02").refused(WRONG, true);
    assertThat(gate.blocked()).isTrue();
    assertThatThrownBy(() -> enter("mail02"))
        .isInstanceOfSatisfying(
            NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.AUTH))
        .hasMessage(
            "mail02 refused the log-in: unknown account or wrong password. Check the account, its"
                + " password, and its right to log on from the network. It is not tried again for"
                + " half an hour, or until the password changes");
    enter("mail03").accepted();

    pass(LoginGate.REFUSED);
    assertThat(gate.blocked()).isFalse();
    enter("mail02").accepted();
  }

  @Test
  void whenASecondHostRefusesTooNoHostIsAsked() throws NotReached {
    enter("mail01").refused(WRONG, true);
    enter("mail02").refused(WRONG, true);
    assertThatThrownBy(() -> enter("mail03"))
        .hasMessage(
            "mail03 is not asked: mail02 refused a log-in with its account: unknown account or"
                + " wrong password. It is not tried again for half an hour, or until the password"
                + " changes");
  }

  @Test
  void theFirstRefusalOfAKdcIsOneForAllHosts() throws NotReached {
    LoginGate kerberos = LoginGate.ofKerberos(nanos::get);
    NotReached why;
    try (LoginGate.LoginPermit permit = kerberos.enter("mail01", SECRET, LONG)) {
      why = permit.refusedByKdc("the KDC of A.B", "the password is wrong (24)");
    }

    assertThat(why)
        .hasMessage(
            "mail01 is not asked: the KDC of A.B refused a log-in with its account: the password is"
                + " wrong (24). It is not tried again for half an hour, or until the password"
                + " changes");
    assertThatThrownBy(() -> kerberos.enter("mail01", SECRET, LONG)).hasMessage(why.getMessage());
    assertThat(kerberos.holds("mail02")).isTrue();
    assertThatThrownBy(() -> kerberos.check("mail02", SECRET))
        .hasMessageStartingWith("mail02 is not asked: the KDC of A.B refused");
    assertThatCode(() -> kerberos.check("mail02", SECRET + 1)).doesNotThrowAnyException();
  }

  @Test
  void clocksThatDifferStopAllLogInsForAMinuteAndThenOneTries() throws NotReached {
    LoginGate kerberos = LoginGate.ofKerberos(nanos::get);
    NotReached why;
    try (LoginGate.LoginPermit permit = kerberos.enter("mail01", SECRET, LONG)) {
      why = permit.clocksDiffer("the KDC of A.B", "the clocks differ (37)");
    }

    assertThat(why)
        .hasMessage(
            "mail01 is not asked: the clocks differ (37). It is tried again after a minute");
    assertThatThrownBy(() -> kerberos.enter("mail02", SECRET, LONG))
        .hasMessage(
            "mail02 is not asked: the clocks differ (37). It is tried again after a minute");
    assertThat(kerberos.holds("mail02")).isTrue();
    assertThat(kerberos.blocked()).as("the account was not refused").isFalse();

    pass(LoginGate.CLOCKS);
    LoginGate.LoginPermit one = kerberos.enter("mail02", SECRET, LONG);
    assertThatThrownBy(() -> kerberos.enter("mail01", SECRET, LONG)).hasMessage(why.getMessage());
    one.accepted();
    kerberos.enter("mail01", SECRET, LONG).accepted();
  }

  @Test
  void aHostThatRefusesATicketIsLeftAloneAndNoOther() throws NotReached {
    LoginGate kerberos = LoginGate.ofKerberos(nanos::get);
    kerberos.enter("mail01", SECRET, LONG).accepted();
    kerberos.refusedByHost("mail01", SECRET, "it cannot read the ticket");

    assertThat(kerberos.holds("mail01")).isTrue();
    assertThat(kerberos.holds("mail02")).isFalse();
    pass(LoginGate.REFUSED);
    assertThat(kerberos.holds("mail01")).isFalse();
  }

  @Test
  void logInsAtAKdcRunOneAtATimeAlsoAfterOneWasAccepted() throws NotReached {
    LoginGate kerberos = LoginGate.ofKerberos(nanos::get);
    kerberos.enter("mail01", SECRET, LONG).accepted();
    try (LoginGate.LoginPermit one = kerberos.enter("mail02", SECRET, LONG)) {
      assertThat(one).isNotNull();
      assertThatThrownBy(() -> kerberos.enter("mail03", SECRET, Duration.ZERO))
          .hasMessageContaining("other hosts are logging in with its account");
    }
  }

  @Test
  void afterHalfAnHourOneHostAloneTriesForAll() throws NotReached {
    enter("mail01").refused(WRONG, true);
    enter("mail02").refused(WRONG, true);
    pass(LoginGate.REFUSED);
    LoginGate.LoginPermit one = enter("mail03");
    assertThatThrownBy(() -> enter("mail04")).hasMessageStartingWith("mail04 is not asked");
    one.refused(WRONG, true);
    pass(LoginGate.REFUSED.minusSeconds(1));
    assertThatThrownBy(() -> enter("mail04")).hasMessageStartingWith("mail04 is not asked");

    pass(Duration.ofSeconds(1));
    enter("mail04").accepted();
    enter("mail05").accepted();
    assertThat(gate.blocked()).isFalse();
  }

  @Test
  void aNewPasswordIsTriedAtOnce() throws NotReached {
    enter("mail01").refused(WRONG, true);
    enter("mail02").refused(WRONG, true);
    gate.enter("mail01", SECRET + 1, LONG).accepted();
    assertThat(gate.blocked()).isFalse();
  }

  @Test
  void whatBecomesOfAnOldPasswordSaysNothingOfTheNewOne() throws NotReached {
    LoginGate.LoginPermit old = enter("mail01");
    gate.check("mail02", SECRET + 1);
    old.refused(WRONG, true);
    assertThat(gate.blocked()).isFalse();
  }

  @Test
  void aLogInThatWaitedWithAReplacedPasswordIsNotMade() throws Exception {
    LoginGate.LoginPermit first = enter("mail01");
    CompletableFuture<Throwable> waiting =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> enter("mail02")));
    gate.check("mail03", SECRET + 1);
    first.refused(WRONG, true);

    assertThat(waiting.get(20, TimeUnit.SECONDS))
        .isInstanceOf(NotReached.class)
        .hasMessage(
            "mail02 is not asked yet: the password of its account changed before the log-in");
    assertThatThrownBy(() -> enter("mail04")).hasMessageContaining("changed before the log-in");
    gate.enter("mail05", SECRET + 1, LONG).accepted();
  }

  @Test
  void aPasswordThatIsRestoredIsTriedAgain() throws NotReached {
    enter("mail01").accepted();
    gate.check("mail01", SECRET + 1);
    gate.check("mail01", SECRET);
    enter("mail01").accepted();
  }

  @Test
  void rightsThatAreMissingOnSomeHostsBlockNoOther() throws NotReached {
    enter("mail01").refused("the account may not log on from the network", false);
    enter("mail02").refused("the account may not log on from the network", false);
    enter("mail03").accepted();
  }

  @Test
  void theAccountsOfTheHostsThemselvesHaveNothingInCommon() throws NotReached {
    LoginGate local = new LoginGate(false, nanos::get);
    local.enter("mail01", SECRET, LONG).refused(WRONG, true);
    local.enter("mail02", SECRET, LONG).refused(WRONG, true);
    local.enter("mail03", SECRET, LONG).accepted();
    assertThatThrownBy(() -> local.enter("mail02", SECRET, LONG)).isInstanceOf(NotReached.class);
  }

  @Test
  void untilSomebodyAcceptsThePasswordOneHostIsAskedAfterTheOther() throws Exception {
    LoginGate.LoginPermit first = enter("mail01");
    assertThatThrownBy(() -> gate.enter("mail02", SECRET, Duration.ZERO))
        .isInstanceOfSatisfying(
            NotReached.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TIMEOUT));
    CompletableFuture<LoginGate.LoginPermit> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return enter("mail02");
              } catch (NotReached e) {
                throw new IllegalStateException(e);
              }
            });
    first.accepted();
    second.get(20, TimeUnit.SECONDS).accepted();
    for (int host = 0; host < 2; host++) {
      int other = host;
      assertThatCode(() -> enter("relay" + other)).doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> gate.enter("relay2", SECRET, Duration.ZERO))
        .hasMessageContaining("other hosts are logging in");
  }

  @Test
  void aHostThatFailsOtherwiseTellsNothingOfTheAccount() throws NotReached {
    enter("mail01").close();
    enter("mail02").close();
    enter("mail01").accepted();
    assertThat(gate.blocked()).isFalse();
  }

  private LoginGate.LoginPermit enter(String host) throws NotReached {
    return gate.enter(host, SECRET, LONG);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}

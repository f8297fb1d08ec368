package dev.imfexporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns<Character, String> turns = new Turns<>();

  @Test
  void clientsTakeTurns() {
    add("a1", "a2", "a3", "b1", "c1", "c2");
    assertThat(rest()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    assertThat(turns.next()).isEmpty();
  }

  @Test
  void aNewClientWaitsForOneTurnOfEachOther() {
    add("a1", "a2", "a3", "b1", "b2");
    assertThat(turns.next()).hasValue("a1");
    add("c1", "a4");
    assertThat(rest()).containsExactly("b1", "a2", "c1", "b2", "a3", "a4");
  }

  @Test
  void aClientThatComesAgainAndAgainGetsInFrontOfNone() {
    add("a1", "b1", "b2");
    assertThat(turns.next()).hasValue("a1");
    add("a2");
    assertThat(turns.next()).hasValue("b1");
    assertThat(turns.next()).hasValue("a2");
    add("a3");
    assertThat(rest()).containsExactly("b2", "a3");
  }

  /** Each is of the client of its first letter. */
  private void add(String... all) {
    Stream.of(all).forEach(each -> turns.add(each.charAt(0), each));
  }

  private List<String> rest() {
    List<String> rest = new ArrayList<>();
    for (Optional<String> next = turns.next(); next.isPresent(); next = turns.next()) {
      rest.add(next.get());
    }
    return rest;
  }
}

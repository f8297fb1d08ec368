package dev.imfexporter.page;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.watch.model.Boot;
import dev.imfexporter.watch.model.ComponentWait;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.Outage;
import dev.imfexporter.watch.model.Phase;
import dev.imfexporter.watch.model.Source;
import dev.imfexporter.watch.model.StartedBy;
import dev.imfexporter.watch.model.UpdateChanges;
import dev.imfexporter.watch.model.UpdateChanges.Change;
import dev.imfexporter.watch.model.UpdateChanges.Compared;
import dev.imfexporter.watch.model.UpdateMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an episode, in a form that is the same whenever it is asked for: JSON in UTF-8
 * with sorted keys and without white space, times in UTC, durations in whole milliseconds, {@code
 * null} for what is not known. Two receipts with the same digest have the same evidence.
 *
 * @param evidence the canonical text
 * @param sealed since when it is final; empty while it may change
 */
public record Receipt(String evidence, Optional<Instant> sealed) {
  /** Prints the digest of a saved receipt. */
  public static final String CHECK = "jq -cjS .evidence receipt.json | sha256sum";

  /** Writes control characters as jq does: DEL too, and with small letters. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .characterEscapes(new JqEscapes())
                  .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                  .build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static final class JqEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DEL = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[DEL] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }

  /** The receipt of an episode; empty if none of that number is kept. */
  public static Optional<Receipt> of(HostSnapshot host, long number) {
    return host.history().episodes().find(number).map(episode -> of(host, episode));
  }

  static Receipt of(HostSnapshot host, Episode episode) {
    Map<String, @Nullable Object> all = new TreeMap<>();
    all.put("host", host.name());
    all.put("episode", episode.number());
    all.put("update", episode.update().word());
    all.put("title", episode.title());
    all.put("state", episode.state().word());
    all.put("outcome", word(episode.outcome().map(Episode.Outcome::word)));
    all.put("began", episode.began().toString());
    all.put("verified", time(episode.verified()));
    all.put("closed", time(episode.closed()));
    all.put("halted", episode.halted());
    all.put("followed", episode.followed());
    all.put("recovery_ms", millis(episode.recovery()));
    all.put("started_by", word(episode.startedBy().map(StartedBy::word)));
    all.put(
        "markers",
        episode.markers().stream()
            .filter(marker -> episode.sealed().filter(marker.at()::isAfter).isEmpty())
            .map(Receipt::marker)
            .toList());
    all.put("outages", episode.outages().stream().map(Receipt::outage).toList());
    all.put("boots", episode.boots().stream().map(Receipt::boot).toList());
    all.put(
        "changes",
        host.history()
            .episodes()
            .changes(episode)
            .filter(UpdateChanges::complete)
            .map(Receipt::changes)
            .orElse(null));
    List<ComponentWait> waits = host.history().waits().of(episode);
    if (!waits.isEmpty()) { // The receipts of episodes without any stay what they were.
      all.put("component_waits", waits.stream().map(Receipt::componentWait).toList());
    }
    return new Receipt(json(all), episode.sealed());
  }

  private static Map<String, @Nullable Object> changes(UpdateChanges changes) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("kinds", changes.kinds().stream().map(Receipt::compared).toList());
    one.put("settings", changes.changes().stream().map(of -> change(of, changes)).toList());
    one.put("unlisted", changes.unlisted());
    return one;
  }

  private static Map<String, @Nullable Object> compared(Compared kind) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("kind", kind.kind().word());
    one.put("read_before", time(kind.before()));
    one.put("read_after", time(kind.after()));
    one.put("unread", kind.unread());
    return one;
  }

  /** What was put back later is no part of the episode. */
  private static Map<String, @Nullable Object> change(Change change, UpdateChanges of) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("kind", change.kind().word());
    one.put("of", change.of());
    one.put("before", word(change.before()));
    one.put("after", word(change.after()));
    one.put("since", change.since().toString());
    one.put(
        "put_back",
        time(
            change
                .putBack()
                .filter(at -> of.after().filter(last -> !at.isAfter(last)).isPresent())));
    return one;
  }

  private static Map<String, @Nullable Object> marker(UpdateMarker marker) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("marker", marker.marker().word());
    one.put("update", marker.update().word());
    one.put("at", marker.at().toString());
    one.put("id", marker.id());
    one.put("title", marker.title());
    one.put("back", marker.back());
    return one;
  }

  private static Map<String, @Nullable Object> outage(Outage outage) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("service", outage.service());
    one.put("number", outage.number());
    one.put("began", outage.began().toString());
    one.put("ended", time(outage.ended()));
    one.put("duration_ms", millis(outage.total()));
    Map<String, @Nullable Object> phases = new TreeMap<>();
    for (Phase phase : Phase.values()) {
      phases.put(phase.word(), millis(Optional.ofNullable(outage.phases().get(phase))));
    }
    one.put("phase_ms", phases);
    one.put("sources", outage.sources().stream().sorted().map(Source::word).toList());
    one.put("crash", outage.crash());
    one.put("shutdown", outage.shutdown());
    one.put("started_by", word(outage.startedBy().map(StartedBy::word)));
    return one;
  }

  private static Map<String, @Nullable Object> componentWait(ComponentWait wait) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("phase", wait.phase().word());
    one.put("process_id", wait.processId());
    one.put("began", wait.began().toString());
    one.put("until", wait.until().toString());
    one.put("next", word(wait.next().map(ServiceState::word)));
    one.put("whole", wait.whole());
    one.put("typical_ms", millis(wait.typical()));
    one.put("samples", wait.samples());
    one.put("listed", time(wait.listed()));
    one.put("suspects", wait.suspects().stream().map(s -> s.component().name()).toList());
    one.put("loaded", wait.loaded().stream().map(Receipt::loaded).toList());
    one.put("events", wait.events().stream().map(Receipt::event).toList());
    return one;
  }

  private static Map<String, @Nullable Object> loaded(ComponentWait.Loaded module) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("module", module.component().name());
    one.put("company", module.component().company());
    one.put("version", module.component().version());
    one.put("first", module.first().toString());
    one.put("last", module.last().toString());
    return one;
  }

  private static Map<String, @Nullable Object> event(ComponentWait.VendorEvent event) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("provider", event.provider());
    one.put("id", event.id());
    one.put("level", event.level().word());
    one.put("at", event.at().toString());
    return one;
  }

  private static Map<String, @Nullable Object> boot(Boot boot) {
    Map<String, @Nullable Object> one = new TreeMap<>();
    one.put("down", boot.down().toString());
    one.put("up", boot.up().toString());
    one.put("orderly", boot.orderly());
    return one;
  }

  private static @Nullable String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }

  private static @Nullable Long millis(Optional<Duration> duration) {
    return duration.map(Duration::toMillis).orElse(null);
  }

  private static @Nullable String word(Optional<String> word) {
    return word.orElse(null);
  }

  /** SHA-256 of the evidence, in hexadecimal digits; empty while the evidence may change. */
  public Optional<String> digest() {
    return sealed.map(at -> HexFormat.of().formatHex(Sha256.of(evidence)));
  }

  /** The receipt as a JSON object: the evidence, since when it is final, and then its digest. */
  public String json() {
    return "{\"evidence\":%s,\"final_since\":%s,\"sha256\":%s}\n"
        .formatted(evidence, json(time(sealed)), json(word(digest())));
  }

  private static String json(@Nullable Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can be written", e);
    }
  }
}

package dev.imfexporter.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.imfexporter.collector.CollectorKey;
import dev.imfexporter.collector.Timed;
import dev.imfexporter.diagnosis.DayEvents;
import dev.imfexporter.exposition.Exposition;
import dev.imfexporter.watch.model.Episode;
import dev.imfexporter.watch.model.HostHistory;
import dev.imfexporter.watch.model.HostSnapshot;
import dev.imfexporter.watch.model.VolumeRoom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The archive of some evidence: the same evidence makes the same bytes. */
public final class EvidenceBundle {
  /** The checksum of each other file, as {@code sha256sum} writes and reads them. */
  private static final String CHECKSUMS = "SHA256SUMS";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Evidence evidence;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, String> meanings = new LinkedHashMap<>();

  private EvidenceBundle(Evidence evidence) {
    this.evidence = evidence;
  }

  public static EvidenceBundle of(Evidence evidence) {
    EvidenceBundle bundle = new EvidenceBundle(evidence);
    bundle.meanings.put("README.txt", "this file");
    bundle.add(
        AboutHost.FILE,
        "which host, its Windows and last boot, when this was collected and by which version",
        EvidenceJson.of(AboutHost.of(evidence)));
    evidence.episode().ifPresent(bundle::episode);
    bundle.texts();
    bundle.records(evidence.host());
    bundle.add(
        "configuration.yml",
        "how the exporter watches this host, without its account",
        evidence.configuration());
    bundle.add(
        "metrics.txt",
        "all numbers of the host, in the text format of Prometheus",
        Exposition.text(evidence.host()));
    bundle.add("fields.txt", "what each field of the JSON files means", fields());
    bundle.meanings.put(CHECKSUMS, "the SHA-256 checksum of each of these files");
    return bundle;
  }

  private void episode(Episode episode) {
    add(
        "episode.txt",
        "the update and the outages around it, as a story",
        EvidenceTexts.episode(evidence, episode));
    add("episode.json", "the same for a program", EvidenceJson.of(episode));
  }

  private void texts() {
    add(
        "summary.txt",
        "what was so when this was collected, question by question",
        EvidenceTexts.summary(evidence));
    add(
        "outages.txt",
        "each change of state of the services, and how long restarts usually take",
        EvidenceTexts.outages(evidence.host().history()));
  }

  private void records(HostSnapshot host) {
    HostHistory history = host.history();
    add("outages.json", "the outages for a program", EvidenceJson.of(history.outages()));
    add(
        "services.json",
        "each service: state, process, exit codes, start mode, what it needs, its history",
        EvidenceJson.of(
            EvidenceJson.object(
                List.of("now", "history"),
                value(host, CollectorKey.SERVICES),
                history.services())));
    add(
        "modules.json",
        "the modules in inetinfo.exe that neither Windows nor Exchange brought, with versions",
        EvidenceJson.of(value(host, CollectorKey.COMPONENTS)));
    add(
        "waits.json",
        "each stop and start of IIS Admin with the third-party modules that were loaded, by second",
        EvidenceJson.of(history.waits()));
    add(
        "updates.json",
        "signs of updates, updates that failed or wait, and the definition of the mail filter",
        EvidenceJson.of(
            EvidenceJson.object(
                List.of("updates", "definition"),
                history.updates(),
                value(host, CollectorKey.DEFINITION))));
    add(
        "mail.json",
        "mail flow with its evidence, virtual servers with counters, message folders, disks, banner",
        EvidenceJson.of(
            EvidenceJson.object(
                List.of("flow", "virtual_servers", "gone", "folders", "volumes", "banner"),
                history.mailFlow(),
                value(host, CollectorKey.SMTP),
                history.goneVirtualServers(),
                value(host, CollectorKey.FOLDERS),
                volumes(host),
                value(host, CollectorKey.BANNER))));
    add(
        "smtp.json",
        "what SMTP answered a client: extensions, TLS with its certificate, recipients",
        EvidenceJson.of(value(host, CollectorKey.DIALOGUE)));
    add("events.json", events(), EvidenceJson.of(eventRecords(history)));
    add(
        "collectors.json",
        "how each reading of the host went, and which failed since the exporter started",
        EvidenceJson.of(
            EvidenceJson.object(
                List.of("readings", "failures"),
                host.collected().all().stream().map(EvidenceBundle::reading).toList(),
                host.failures().recent())));
  }

  private String events() {
    if (!(evidence.events() instanceof DayEvents.Read read)) {
      return "counts of events, failures of services, and the newest clues; no single events";
    }
    return "counts of events, the newest clues, and the single events of the last 24 h"
        + (read.leftOut() == 0
            ? ""
            : " but for %d, which left_out counts".formatted(read.leftOut()));
  }

  private Object eventRecords(HostHistory history) {
    return EvidenceJson.object(
        List.of("kept", "left_out", "last_day"), history.events(), leftOut(), lastDay());
  }

  private @Nullable Long leftOut() {
    return evidence.events() instanceof DayEvents.Read read ? read.leftOut() : null;
  }

  /** The events, or why there are none; null where the logs were not asked for them. */
  private @Nullable Object lastDay() {
    if (evidence.events() instanceof DayEvents.Read read) {
      return read.events().stream().map(EvidenceJson::of).toList();
    }
    return evidence.events() instanceof DayEvents.NotAsked
        ? null
        : reading(evidence.host().collected().get(CollectorKey.EVENTS));
  }

  /** The volumes with what will become of them, or why there are none. */
  private static Object volumes(HostSnapshot host) {
    List<VolumeRoom> rooms = host.volumes();
    return rooms.isEmpty() ? value(host, CollectorKey.VOLUMES) : rooms;
  }

  /** The value of a collector, or why there is none. */
  private static Object value(HostSnapshot host, CollectorKey<?> key) {
    Timed<?> taken = host.collected().get(key);
    Optional<?> value = taken.value();
    return value.isPresent() ? value.get() : reading(taken);
  }

  private static Object reading(Timed<?> taken) {
    return EvidenceJson.object(
        List.of("reading", "result", "reason", "at", "took"),
        taken.key(),
        taken.result().word(),
        taken.result().reason(),
        taken.at(),
        taken.took());
  }

  private static String fields() {
    try (@Nullable InputStream text = EvidenceBundle.class.getResourceAsStream("fields.txt")) {
      if (text == null) {
        throw new IllegalStateException("fields.txt is missing from the program's jar");
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name, String meaning, String content) {
    meanings.put(name, meaning);
    files.put(name, content);
  }

  /** The name of the archive and of the folder in it, without {@code .zip}. */
  public String name() {
    String host = evidence.host().name().replaceAll("[^A-Za-z0-9._-]", "_");
    return "imf-evidence-%s-%s".formatted(host, STAMP.format(evidence.at()));
  }

  /** The content of each file by its name, in the order of the archive. */
  Map<String, byte[]> files() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    // The first, where an Archive looks for it.
    all.put(AboutHost.FILE, files.getOrDefault(AboutHost.FILE, "").getBytes(UTF_8));
    all.put("README.txt", ReadmeText.of(evidence, meanings).getBytes(UTF_8));
    files.forEach((name, content) -> all.put(name, content.getBytes(UTF_8)));
    StringBuilder sums = new StringBuilder();
    all.forEach(
        (name, content) ->
            sums.append(HexFormat.of().formatHex(sha256(content)))
                .append("  ")
                .append(name)
                .append('\n'));
    all.put(CHECKSUMS, sums.toString().getBytes(UTF_8));
    return all;
  }

  /** The archive in one piece. */
  public byte[] zip() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("A buffer does no input or output", e);
    }
    return out.toByteArray();
  }

  private void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, UTF_8);
    // An archive has local times in steps of two seconds.
    LocalDateTime at =
        LocalDateTime.ofInstant(evidence.at().truncatedTo(ChronoUnit.MINUTES), ZoneOffset.UTC);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      ZipEntry entry = new ZipEntry(name() + "/" + file.getKey());
      entry.setTimeLocal(at);
      zip.putNextEntry(entry);
      zip.write(file.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}

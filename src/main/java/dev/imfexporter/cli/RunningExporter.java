package dev.imfexporter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.imfexporter.evidence.Archive;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.DiagnosisReport;
import dev.imfexporter.report.ReportJson;
import dev.imfexporter.text.TimeWords;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An exporter that runs, asked over HTTP what it makes of a host. */
final class RunningExporter {
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MOST_BYTES_OF_ARCHIVE = 16 * 1024 * 1024;
  private static final int LONGEST_SENTENCE = 200;
  private static final int LONGEST_TYPE = 60;
  private static final String JSON = "application/json";
  private static final String ZIP = "application/zip";
  private static final String RIGHT_ADDRESS =
      "give the address at which a browser shows the exporter's pages";

  private final ExporterUrl url;
  private final HttpAccess access;
  private final Patience patience;
  private final PrintStream err;
  private volatile boolean silent;

  /**
   * @param err gets a line when an answer takes long
   */
  RunningExporter(ExporterUrl url, HttpAccess access, Patience patience, PrintStream err) {
    this.url = url;
    this.access = access;
    this.patience = patience;
    this.err = err;
  }

  /**
   * @throws UsageException with a sentence that says why there is no answer
   */
  DiagnosisReport diagnosis(String host, ZoneOption zone) throws UsageException {
    HttpAnswer answer = get(host, "diagnosis" + query(zone, "?"), JSON, MOST_BYTES);
    try {
      return ReportJson.diagnosis(answer.text());
    } catch (JsonProcessingException e) {
      throw otherVersion();
    }
  }

  /**
   * @throws UsageException with a sentence that says why there is no answer
   */
  Preflight preflight(String host, ZoneOption zone) throws UsageException {
    HttpAnswer answer = get(host, "preflight?format=json" + query(zone, "&"), JSON, MOST_BYTES);
    try {
      List<Preflight> found = ReportJson.preflights(answer.text());
      if (found.size() == 1) {
        return found.get(0);
      }
      throw otherVersion();
    } catch (JsonProcessingException e) {
      throw otherVersion();
    }
  }

  /**
   * The archive of evidence of the host as the exporter reads it now.
   *
   * @param episode that it is about; empty for the newest
   * @throws UsageException with a sentence that says why there is no answer
   */
  Archive evidence(String host, Optional<Long> episode) throws UsageException {
    String of = episode.map(number -> "episodes/" + number + "/").orElse("");
    HttpAnswer answer = get(host, of + "evidence.zip?events=last_day", ZIP, MOST_BYTES_OF_ARCHIVE);
    return Archive.of(answer.body()).orElseThrow(this::otherVersion);
  }

  private static String query(ZoneOption zone, String joint) {
    return zone.chosen().map(id -> joint + "tz=" + encoded(id.getId())).orElse("");
  }

  private UsageException otherVersion() {
    return new UsageException(
        "the exporter at %s is of another version, or is none: its start page names its version, and imf-exporter --version that of this command"
            .formatted(url));
  }

  private HttpAnswer get(String host, String page, String type, int most) throws UsageException {
    HttpAnswer answer = answer(url.page("/hosts/%s/%s".formatted(encoded(host), page)), most);
    if (answer.status() != HttpURLConnection.HTTP_OK) {
      throw new UsageException(refusal(host, answer));
    }
    if (!answer.type().equals(type)) {
      throw new UsageException(
          "what answers at %s is no imf-exporter: it sends %s, not %s; %s"
              .formatted(
                  url,
                  answer.type().isEmpty()
                      ? "something"
                      : TerminalText.firstLine(answer.type(), LONGEST_TYPE),
                  type,
                  RIGHT_ADDRESS));
    }
    if (answer.tooLong()) {
      throw new UsageException(
          "what answers at %s sends more than %d MiB, as no imf-exporter does; %s"
              .formatted(url, most >> 20, RIGHT_ADDRESS));
    }
    return answer;
  }

  /** Gives up at once where an earlier answer did not come. */
  private HttpAnswer answer(URI page, int most) throws UsageException {
    try {
      Optional<HttpAnswer> answer =
          silent
              ? Optional.empty()
              : patience.await(() -> access.get(page, most), this::stillWaiting);
      silent = answer.isEmpty();
      return answer.orElseThrow(
          () ->
              new UsageException(
                  "the exporter at %s has not answered within %s: does its machine hang? Its log, and %s, say more"
                      .formatted(
                          url, TimeWords.duration(patience.most()), url.page("/-/healthy"))));
    } catch (IOException e) {
      throw new UsageException(
          "the exporter at %s does not answer: %s".formatted(url, access.reason(url, e)));
    }
  }

  private void stillWaiting(Duration rest) {
    err.println(
        "Still waiting for the exporter at %s, for %s more at most ..."
            .formatted(url, TimeWords.duration(rest)));
  }

  /** The exporter refuses in a sentence; another program, or a proxy, in pages or anything. */
  private String refusal(String host, HttpAnswer answer) {
    if (answer.status() < 0) {
      return "what answers at %s does not speak HTTP; %s".formatted(url, RIGHT_ADDRESS);
    }
    Optional<String> wrongAccess = access.refusal(answer);
    if (wrongAccess.isPresent()) {
      return "the exporter at %s %s".formatted(url, wrongAccess.get());
    }
    Optional<String> page =
        answer.status() == HttpURLConnection.HTTP_NOT_FOUND ? url.advice() : Optional.empty();
    if (page.isPresent()) {
      return "there is no exporter at %s: %s".formatted(url, page.get());
    }
    String sentence =
        answer.type().equals("text/plain")
            ? TerminalText.firstLine(answer.text(), LONGEST_SENTENCE)
            : "";
    return sentence.isEmpty()
        ? "what answers at %s refuses with HTTP status %d, without a reason; %s"
            .formatted(url, answer.status(), RIGHT_ADDRESS)
        : "the exporter at %s says of %s: %s".formatted(url, host, sentence);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

package dev.imfexporter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.imfexporter.evidence.Archive;
import dev.imfexporter.fleet.UsageException;
import dev.imfexporter.preflight.Preflight;
import dev.imfexporter.report.DiagnosisReport;
import dev.imfexporter.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An exporter that runs, asked over HTTP what it makes of a host. */
final class RunningExporter {
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MOST_BYTES_OF_ARCHIVE = 16 * 1024 * 1024;
  private static final int MOST_BYTES_OF_SENTENCE = 4 * 1024;
  private static final int LONGEST_SENTENCE = 200;

  private static final Pattern PLAIN_TEXT =
      Pattern.compile("text/plain\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

  private final URI url;
  private final HttpAccess access;

  RunningExporter(URI url, HttpAccess access) {
    this.url = url;
    this.access = access;
  }

  /**
   * @throws UsageException with a sentence that says why there is no answer
   */
  DiagnosisReport diagnosis(String host, ZoneOption zone) throws UsageException {
    String json = text(get(host, "diagnosis" + query(zone, "?"), MOST_BYTES));
    try {
      return ReportJson.diagnosis(json);
    } catch (JsonProcessingException e) {
      throw otherVersion(e);
    }
  }

  /**
   * @throws UsageException with a sentence that says why there is no answer
   */
  Preflight preflight(String host, ZoneOption zone) throws UsageException {
    String json = text(get(host, "preflight?format=json" + query(zone, "&"), MOST_BYTES));
    try {
      List<Preflight> answer = ReportJson.preflights(json);
      if (answer.size() == 1) {
        return answer.get(0);
      }
      throw otherVersion(null);
    } catch (JsonProcessingException e) {
      throw otherVersion(e);
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
    byte[] content = get(host, of + "evidence.zip?events=last_day", MOST_BYTES_OF_ARCHIVE + 1);
    if (content.length > MOST_BYTES_OF_ARCHIVE) {
      throw new UsageException(
          "the archive of the exporter at %s is longer than %d MiB"
              .formatted(url, MOST_BYTES_OF_ARCHIVE >> 20));
    }
    return Archive.of(content).orElseThrow(() -> otherVersion(null));
  }

  private static String query(ZoneOption zone, String joint) {
    return zone.chosen().map(id -> joint + "tz=" + encoded(id.getId())).orElse("");
  }

  private UsageException otherVersion(@Nullable JsonProcessingException e) {
    return new UsageException(
        "what answers at %s is no imf-exporter, or one of another version%s"
            .formatted(
                url,
                e == null
                    ? ""
                    : ": " + TerminalText.firstLine(e.getOriginalMessage(), LONGEST_SENTENCE)));
  }

  private byte[] get(String host, String page, int most) throws UsageException {
    String path = "/hosts/%s/%s".formatted(encoded(host), page);
    try {
      HttpURLConnection connection = access.open(URI.create(base() + path));
      try {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
          return connection.getInputStream().readNBytes(most);
        }
        throw new UsageException(refusal(host, connection, status));
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new UsageException(
          "the exporter at %s does not answer: %s".formatted(url, access.reason(url, e)));
    }
  }

  private String base() {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The exporter refuses in a sentence; another program, or a proxy, in pages or anything. */
  private String refusal(String host, HttpURLConnection connection, int status) throws IOException {
    Optional<String> wrongAccess = access.refusal(connection, status);
    if (wrongAccess.isPresent()) {
      return "the exporter at %s %s".formatted(url, wrongAccess.get());
    }
    String type = connection.getContentType();
    InputStream body = connection.getErrorStream();
    String sentence =
        body == null || type == null || !PLAIN_TEXT.matcher(type).matches()
            ? ""
            : TerminalText.firstLine(
                text(body.readNBytes(MOST_BYTES_OF_SENTENCE)), LONGEST_SENTENCE);
    return sentence.isEmpty()
        ? "what answers at %s refuses with HTTP status %d, without a reason; is it an imf-exporter?"
            .formatted(url, status)
        : "the exporter at %s says of %s: %s".formatted(url, host, sentence);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

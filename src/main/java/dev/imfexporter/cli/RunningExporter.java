package dev.imfexporter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An exporter that runs, asked over HTTP what it makes of a host. */
final class RunningExporter {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** It may have to read a host anew, and the events of its last day. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MOST_BYTES_OF_SENTENCE = 4 * 1024;
  private static final int LONGEST_SENTENCE = 200;

  private static final Pattern PLAIN_TEXT =
      Pattern.compile("text/plain\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

  private final URI url;

  RunningExporter(URI url) {
    this.url = url;
  }

  /**
   * @throws UsageException with a sentence that says why there is no answer
   */
  DiagnosisReport diagnosis(String host) throws UsageException {
    String json = get(host, "diagnosis");
    try {
      return ReportJson.diagnosis(json);
    } catch (JsonProcessingException e) {
      throw otherVersion(e);
    }
  }

  /**
   * @throws UsageException with a sentence that says why there is no answer
   */
  Preflight preflight(String host) throws UsageException {
    String json = get(host, "preflight?format=json");
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

  private UsageException otherVersion(@Nullable JsonProcessingException e) {
    return new UsageException(
        "what answers at %s is no imf-exporter, or one of another version%s"
            .formatted(
                url,
                e == null
                    ? ""
                    : ": " + TerminalText.firstLine(e.getOriginalMessage(), LONGEST_SENTENCE)));
  }

  private String get(String host, String page) throws UsageException {
    String path = "/hosts/%s/%s".formatted(encoded(host), page);
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(base() + path).toURL().openConnection();
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) ANSWER.toMillis());
      try {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
          return text(connection.getInputStream(), MOST_BYTES);
        }
        throw new UsageException(refusal(host, connection, status));
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new UsageException(
          "the exporter at %s does not answer: %s".formatted(url, e.getMessage()));
    }
  }

  private String base() {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The exporter refuses in a sentence; another program, or a proxy, in pages or anything. */
  private String refusal(String host, HttpURLConnection connection, int status) throws IOException {
    String type = connection.getContentType();
    InputStream body = connection.getErrorStream();
    String sentence =
        body == null || type == null || !PLAIN_TEXT.matcher(type).matches()
            ? ""
            : TerminalText.firstLine(text(body, MOST_BYTES_OF_SENTENCE), LONGEST_SENTENCE);
    return sentence.isEmpty()
        ? "what answers at %s refuses with HTTP status %d, without a reason; is it an imf-exporter?"
            .formatted(url, status)
        : "the exporter at %s says of %s: %s".formatted(url, host, sentence);
  }

  private static String text(InputStream in, int most) throws IOException {
    return new String(in.readNBytes(most), StandardCharsets.UTF_8);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

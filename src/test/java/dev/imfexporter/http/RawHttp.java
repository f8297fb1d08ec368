package dev.imfexporter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** Requests over a socket of the test, which stays open. */
final class RawHttp {
  private RawHttp() {}

  /** The headers of the answer; what came of them if the server closed the connection. */
  static String head(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HEAD %s HTTP/1.1\r\nHost: x\r\nUser-Agent: a-test\r\n\r\n"
                .formatted(path)
                .getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        break;
      }
      answer.append((char) c);
    }
    return answer.toString();
  }
}

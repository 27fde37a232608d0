package io.meshdoctor.collector.live;

import io.meshdoctor.collector.SingleByte;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer of a server of HTTP/1.1 on a connection that serves one request. That the body is
 * whole is checked: who takes half of it for all of it sees endpoints missing that are there.
 *
 * @param code status
 * @param body bytes; reading them fails if they end early
 */
record HttpAnswer(int code, InputStream body) {

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  static HttpAnswer of(InputStream in) throws IOException {
    var status = line(in).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[0-9]{3}")) {
      throw new IOException("what answers does not speak HTTP");
    }
    var headers = headers(in);
    var length = headers.getOrDefault("content-length", "");
    InputStream body;
    if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).equals("chunked")) {
      body = new ChunkedStream(in);
    } else {
      body = length.matches("[0-9]{1,18}") ? new SizedStream(in, Long.parseLong(length)) : in;
    }
    return new HttpAnswer(Integer.parseInt(status[1]), body);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      if (colon < 0 || headers.size() > MAX_HEADERS) {
        throw new IOException("what answers does not speak HTTP");
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw truncated();
      }
      if (line.size() == MAX_LINE) {
        throw new IOException("what answers does not speak HTTP");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static EOFException truncated() {
    return new EOFException("ends in the middle (truncated)");
  }

  /** A body of known length. */
  private static final class SizedStream extends InputStream {

    private final InputStream in;
    private long left;

    SizedStream(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      return SingleByte.of(this);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      var count = in.read(into, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw truncated();
      }
      left -= count;
      return count;
    }
  }

  /** A body in chunks, the last of which is empty. */
  private static final class ChunkedStream extends InputStream {

    private final InputStream in;
    private InputStream chunk = InputStream.nullInputStream();
    private boolean begun;
    private boolean ended;

    ChunkedStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return SingleByte.of(this);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (!ended) {
        var count = chunk.read(into, offset, length);
        if (count >= 0) {
          return count;
        }
        next();
      }
      return -1;
    }

    private void next() throws IOException {
      if (begun && !line(in).isEmpty()) {
        throw truncated();
      }
      begun = true;
      var size = line(in).split(";", 2)[0].strip();
      if (!size.matches("[0-9A-Fa-f]{1,15}")) {
        throw truncated();
      }
      var length = Long.parseLong(size, 16);
      ended = length == 0;
      chunk = new SizedStream(in, length);
    }
  }
}

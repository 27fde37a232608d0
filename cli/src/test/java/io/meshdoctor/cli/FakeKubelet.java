package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The part of a kubelet that an API server leads people to: logs, and ports of pods over a
 * WebSocket. What listens on the ports are pages that were recorded. It is on loopback only.
 */
final class FakeKubelet implements AutoCloseable {

  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY = Pattern.compile("(?im)^Sec-WebSocket-Key: *(\\S+)");
  private static final String NO_SUCH_PAGE = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

  private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
  private final ServerSocket server;

  private FakeKubelet(ServerSocket server) {
    this.server = server;
  }

  static FakeKubelet start(Keys keys) throws GeneralSecurityException, IOException {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys.store(), Keys.PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), null, null);
    var kubelet =
        new FakeKubelet(
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    start(kubelet::accept);
    return kubelet;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Serves these pages and no others. */
  void serve(Map<String, byte[]> recorded) {
    pages.clear();
    pages.putAll(recorded);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static void start(Runnable task) {
    var thread = new Thread(task, "fake kubelet");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        start(() -> answer(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket;
        var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        var out = new DataOutputStream(socket.getOutputStream())) {
      var head = head(in);
      var path = head.split(" ")[1];
      var parts = URLDecoder.decode(path, StandardCharsets.UTF_8).split("[/?]");
      var key = KEY.matcher(head);
      if (parts[1].equals("containerLogs")) {
        var log = pages.get("%s/%s/log".formatted(parts[2], parts[3]));
        out.write(log == null ? NO_SUCH_PAGE.getBytes(ISO_8859_1) : page(log));
      } else if (parts[1].equals("portForward") && key.find()) {
        forward(parts[2] + "/" + parts[3], key.group(1), in, out);
      } else {
        out.write(NO_SUCH_PAGE.getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      // the API server has gone
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("ends early");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private static byte[] page(byte[] body) {
    var page = new ByteArrayOutputStream();
    page.writeBytes(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length)
            .getBytes(ISO_8859_1));
    page.writeBytes(body);
    return page.toByteArray();
  }

  private void forward(String pod, String key, DataInputStream in, DataOutputStream out)
      throws IOException {
    out.writeBytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
    out.writeBytes("Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n");
    out.writeBytes("Sec-WebSocket-Accept: %s\r\n\r\n".formatted(accepted(key)));
    // first comes the number of the port, for data and for errors
    send(out, 0, new byte[2]);
    send(out, 1, new byte[2]);
    var path = new String(receive(in), ISO_8859_1).split(" ")[1];
    var body = pages.get(pod + path);
    send(out, 0, body == null ? NO_SUCH_PAGE.getBytes(ISO_8859_1) : page(body));
    out.write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    out.flush();
    in.read();
  }

  private static String accepted(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(digest.digest((key + WEBSOCKET).getBytes(ISO_8859_1)));
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static void send(DataOutputStream out, int channel, byte[] content) throws IOException {
    var size = content.length + 1;
    out.write(0x82);
    if (size < 126) {
      out.write(size);
    } else if (size < 1 << 16) {
      out.write(126);
      out.writeShort(size);
    } else {
      out.write(127);
      out.writeLong(size);
    }
    out.write(channel);
    out.write(content);
    out.flush();
  }

  /** A message, without the number of its channel. */
  private static byte[] receive(DataInputStream in) throws IOException {
    in.readByte();
    var size = in.readByte() & 0x7f;
    if (size == 126) {
      size = in.readUnsignedShort();
    }
    var mask = in.readNBytes(4);
    var content = in.readNBytes(size);
    for (int i = 0; i < content.length; i++) {
      content[i] ^= mask[i % 4];
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }
}

package io.meshdoctor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Passes on what goes to and comes from a server, and stops once on the way to do something. */
final class Relay implements AutoCloseable {

  /** Fewer bytes than these come before the first answer on a connection. */
  private static final int HANDSHAKE = 8 * 1024;

  private final int target;
  private final ServerSocket server;
  private final AtomicLong came = new AtomicLong();
  private final AtomicBoolean done = new AtomicBoolean();
  private final long most;
  private final Callable<?> event;

  private Relay(int target, long most, Callable<?> event) throws IOException {
    this.target = target;
    this.most = most;
    this.event = event;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /**
   * Starts one.
   *
   * @param port port of the server
   * @param most bytes of the server after which something happens
   */
  static Relay start(int port, long most, Callable<?> event) throws IOException {
    var relay = new Relay(port, most, event);
    start(relay::accept);
    return relay;
  }

  String url() {
    return "https://127.0.0.1:" + server.getLocalPort();
  }

  /** Whether what should happen on the way has happened. */
  boolean isDone() {
    return done.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static void start(Runnable task) {
    var thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        var behind = connect(client);
        start(() -> pump(client, behind, false));
        start(() -> pump(behind, client, true));
      } catch (IOException e) {
        // one of the two has gone
      }
    }
  }

  private Socket connect(Socket client) throws IOException {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private void pump(Socket from, Socket to, boolean isAnswer) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var buffer = new byte[16 * 1024];
      long own = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        own += count;
        if (isAnswer && came.addAndGet(count) > most && own > HANDSHAKE) {
          happen();
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  /** Whoever is in the middle of an answer waits until it has happened. */
  private synchronized void happen() throws IOException {
    if (!done.get()) {
      try {
        event.call();
      } catch (Exception e) {
        throw new IOException(e);
      } finally {
        done.set(true);
      }
    }
  }
}

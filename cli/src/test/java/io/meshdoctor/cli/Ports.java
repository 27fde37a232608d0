package io.meshdoctor.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Ports of loopback, and waiting for what listens there. */
final class Ports {

  private static final long START_SECONDS = 120;

  private Ports() {}

  /** Whether something answers as it does when all of it is there. */
  interface Readiness {
    boolean isReady() throws IOException, InterruptedException;
  }

  static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until a server is ready. */
  static void await(String name, Process process, Path log, Readiness readiness)
      throws IOException, InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (readiness.isReady()) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    process.destroyForcibly();
    throw new IllegalStateException("%s does not start:%n%s".formatted(name, tail(log)));
  }

  private static String tail(Path log) throws IOException {
    var text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4000));
  }
}

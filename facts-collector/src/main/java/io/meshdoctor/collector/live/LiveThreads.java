package io.meshdoctor.collector.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * The threads of one run, or of one HTTP client. They are in a group of their own, and so are those
 * that Java's HTTP client makes for itself when it is made in one of them: it has no way to end
 * them before Java 21, and they would go on until the client is collected as garbage.
 */
final class LiveThreads implements ThreadFactory, AutoCloseable {

  private static final long JOIN_MS = 1000;

  private final ThreadGroup group = new ThreadGroup("live clusters");

  @Override
  public Thread newThread(Runnable task) {
    var thread = new Thread(group, task, "live cluster");
    thread.setDaemon(true);
    return thread;
  }

  /** What is made in one of these threads; the threads that it makes for itself are of them too. */
  <T> T make(Supplier<T> maker) {
    return CompletableFuture.supplyAsync(maker, task -> newThread(task).start()).join();
  }

  /** Ends whatever they wait for. */
  void interrupt() {
    group.interrupt();
  }

  /** Ends the threads of HTTP clients; the others end with what they do. */
  @Override
  public void close() {
    var threads = new Thread[group.activeCount() * 2 + 16];
    var count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().endsWith("-SelectorManager")) {
        end(threads[i]);
      }
    }
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.meshdoctor.collector.live;

import java.util.concurrent.ThreadFactory;

/**
 * The threads of one run. They are in a group of their own, and so are those that Java's HTTP
 * client makes for itself in them: it has no way to end them before Java 21, and the JVM would wait
 * for them when it exits.
 */
final class LiveThreads implements ThreadFactory, AutoCloseable {

  private static final long JOIN_MS = 200;

  private final ThreadGroup group = new ThreadGroup("live clusters");

  @Override
  public Thread newThread(Runnable task) {
    var thread = new Thread(group, task, "live cluster");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends whatever they wait for. */
  void interrupt() {
    group.interrupt();
  }

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

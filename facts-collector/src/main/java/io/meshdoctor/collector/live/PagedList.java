package io.meshdoctor.collector.live;

import io.meshdoctor.collector.ListPage;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A list that is read part by part, two of them at a time: API servers tell at the beginning of a
 * part how to ask for the next one, and many parts wait longer for the server than for us.
 */
final class PagedList {

  /** Objects of a part. */
  private static final int PAGE = 500;

  private final ApiServer api;
  private final Deadline deadline;
  private final ThreadFactory threads;
  private final String path;
  private final String accept;
  private final boolean whole;
  private final ListPage.ObjectHandler handler;

  /** Tokens of parts that nobody reads so far; none where there are no more. */
  private final BlockingQueue<Optional<String>> tokens = new LinkedBlockingQueue<>();

  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicBoolean hasExpired = new AtomicBoolean();
  private @Nullable Thread second;

  /**
   * A list.
   *
   * @param query more of the query, beginning with an ampersand; empty for none
   * @param whole objects are wanted whole
   * @param handler takes objects, of two threads
   */
  PagedList(
      ApiServer api,
      Deadline deadline,
      ThreadFactory threads,
      String path,
      String query,
      String accept,
      boolean whole,
      ListPage.ObjectHandler handler) {
    this.api = api;
    this.deadline = deadline;
    this.threads = threads;
    this.path = path + "?limit=" + PAGE + query;
    this.accept = accept;
    this.whole = whole;
    this.handler = handler;
  }

  /** Reads all of it. */
  void read() throws IOException {
    tokens.add(Optional.of(""));
    work();
    join();
    var failed = failure.get();
    if (failed instanceof IOException io) {
      throw io;
    }
    if (failed instanceof RuntimeException runtime) {
      throw runtime;
    }
  }

  private void work() {
    try {
      var token = tokens.take();
      while (token.isPresent() && failure.get() == null) {
        part(token.get());
        token = tokens.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, deadline.late());
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
    // for the other one
    tokens.add(Optional.empty());
  }

  private void part(String token) throws IOException {
    var from =
        token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    try (var in = api.get(path + from, accept)) {
      ListPage.read(in, whole, this::next, handler);
    } catch (ApiException e) {
      if (e.code() != 410 || hasExpired.getAndSet(true)) {
        throw e;
      }
      // goes on with what is there now; what was read before is as old as other kinds may be
      part(e.next());
    }
  }

  private synchronized void next(String token) {
    if (!token.isEmpty() && second == null) {
      second = threads.newThread(this::work);
      second.start();
    }
    tokens.add(token.isEmpty() ? Optional.empty() : Optional.of(token));
  }

  private synchronized @Nullable Thread second() {
    return second;
  }

  private void join() {
    var other = second();
    if (other == null) {
      return;
    }
    try {
      TimeUnit.MILLISECONDS.timedJoin(other, Math.max(1, deadline.left()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (other.isAlive()) {
      other.interrupt();
      failure.compareAndSet(null, deadline.late());
    }
  }
}

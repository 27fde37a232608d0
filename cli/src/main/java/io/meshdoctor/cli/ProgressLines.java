package io.meshdoctor.cli;

import io.meshdoctor.collector.live.LiveProgress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows in a terminal what is read now: one line for each cluster, which is written anew in its
 * place. In the end nothing of it is left.
 */
final class ProgressLines implements LiveProgress, AutoCloseable {

  /** More lines might not fit, and then could not be written anew. */
  private static final int MOST_LINES = 20;

  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter err;
  private final int width;
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private boolean closed;

  /**
   * Begins with no lines.
   *
   * @param width how many characters a line has; 0 where nobody watches
   */
  ProgressLines(PrintWriter err, int width) {
    this.err = err;
    this.width = width;
  }

  @Override
  public void reading(String cluster, String what) {
    show(cluster, "reading " + what);
  }

  @Override
  public void done(String cluster) {
    show(cluster, "done");
  }

  private synchronized void show(String cluster, String what) {
    if (width == 0 || closed || (lines.size() == MOST_LINES && !lines.containsKey(cluster))) {
      return;
    }
    var line = lines.get(cluster);
    if (line == null) {
      lines.put(cluster, lines.size());
      err.println(text(cluster, what));
    } else {
      int up = lines.size() - line;
      err.print("\u001b[%dA\r%s%s\u001b[%dB\r".formatted(up, text(cluster, what), ERASE_LINE, up));
    }
    err.flush();
  }

  private String text(String cluster, String what) {
    var text = "%s: %s".formatted(cluster, what).replaceAll("\\p{Cntrl}", "?");
    return text.length() < width ? text : text.substring(0, width - 1);
  }

  /** {@inheritDoc} Takes the lines away. */
  @Override
  public synchronized void end() {
    if (!closed && !lines.isEmpty()) {
      err.print("\u001b[%dA\r%s".formatted(lines.size(), ERASE_BELOW));
      err.flush();
    }
    closed = true;
  }

  /** Takes the lines away, whatever became of the run. */
  @Override
  public void close() {
    end();
  }
}

package io.meshdoctor.collector.live;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket to a pod, as port-forward and exec have it: the first byte of a message is the number
 * of its channel. No local socket is opened for it.
 *
 * <p>The next message is asked for only when the one before was taken, so that a big page never
 * waits in memory.
 */
final class PodSocket implements WebSocket.Listener, AutoCloseable {

  /** What is said of a connection that was lost. */
  static final String BROKEN = "the connection to the pod broke";

  /** What a WebSocket says that ended without a word. */
  private static final int LOST = 1006;

  private static final int MAX_MESSAGE = 64 * 1024;

  /** Java may not notice that a connection was lost; after so long, it is looked after. */
  private static final long QUIET_MS = 250;

  /** Says nothing to anybody. */
  private static final byte[] NOTHING = {0};

  private final Deadline deadline;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile @Nullable WebSocket socket;

  PodSocket(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Something that came.
   *
   * @param channel number of the channel; -1 at the end
   * @param broken it ended because the connection was lost
   */
  private record Event(int channel, ByteBuffer content, boolean broken) {
    static final Event CLOSED = new Event(-1, ByteBuffer.allocate(0), false);
    static final Event BROKEN = new Event(-1, ByteBuffer.allocate(0), true);
  }

  void opened(WebSocket opened) {
    socket = opened;
  }

  @Override
  public void onMessage(WebSocket from, ByteBuffer message) {
    if (!message.hasRemaining()) {
      from.request();
      return;
    }
    var channel = message.get() & 0xff;
    // the buffer is the client's, which uses it again
    var content = ByteBuffer.allocate(message.remaining()).put(message).flip();
    events.add(new Event(channel, content, false));
  }

  @Override
  public void onMessage(WebSocket from, String message) {
    onMessage(from, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void onClose(WebSocket from, int code, String reason) {
    events.add(code == LOST ? Event.BROKEN : Event.CLOSED);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    // the errors that Java finds then tell more of Java than of the connection
    events.add(Event.BROKEN);
  }

  void send(int channel, byte[] content) throws IOException {
    var message = ByteBuffer.allocate(content.length + 1).put((byte) channel).put(content).flip();
    var open = socket;
    if (open == null || !open.send(message)) {
      throw new IOException(BROKEN);
    }
  }

  /**
   * The content of one channel.
   *
   * @param data its number
   * @param port what comes first on each channel is the number of the port
   * @param told takes what comes on other channels; an error that it throws ends the stream
   */
  InputStream channel(int data, boolean port, OtherChannels told) {
    return new ChannelStream(data, port, told);
  }

  /** Takes what comes on channels other than that of the data. */
  interface OtherChannels {

    /** Takes a message. */
    void message(int channel, String text) throws IOException;

    /**
     * Sees that nothing more comes.
     *
     * @param broken the connection was lost, which is no harm where all was said before
     */
    void end(boolean broken) throws IOException;
  }

  @Override
  public void close() {
    var open = socket;
    if (open != null) {
      open.sendClose(1000, "");
    }
  }

  private Event next() throws IOException {
    try {
      var open = socket;
      var event = awaited(open);
      if (event == null || open == null) {
        throw deadline.late();
      }
      if (event.channel >= 0) {
        open.request();
      } else {
        // whoever reads on, sees the end again
        events.add(event);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw deadline.late();
    }
  }

  /** The next event; null if none comes before the deadline. */
  private @Nullable Event awaited(@Nullable WebSocket open) throws InterruptedException {
    while (true) {
      var event = events.poll(Math.min(QUIET_MS, deadline.left()), TimeUnit.MILLISECONDS);
      if (event != null || deadline.left() <= 0) {
        return event;
      }
      // what was said at the last moment goes first
      if (open != null && !open.send(ByteBuffer.wrap(NOTHING)) && events.isEmpty()) {
        return Event.BROKEN;
      }
    }
  }

  private final class ChannelStream extends InputStream {

    private final int data;
    private final OtherChannels told;
    private final boolean[] hasPort = new boolean[256];
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private boolean ended;

    ChannelStream(int data, boolean port, OtherChannels told) {
      this.data = data;
      this.told = told;
      for (int i = 0; i < hasPort.length; i++) {
        hasPort[i] = port;
      }
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      var count = Math.min(length, buffer.remaining());
      buffer.get(into, offset, count);
      return count;
    }

    private boolean fill() throws IOException {
      while (!buffer.hasRemaining() && !ended) {
        var event = next();
        if (event.channel < 0) {
          ended = true;
          told.end(event.broken);
        } else {
          take(event);
        }
      }
      return buffer.hasRemaining();
    }

    private void take(Event event) throws IOException {
      var content = event.content;
      if (hasPort[event.channel]) {
        hasPort[event.channel] = false;
        content.position(Math.min(2, content.limit()));
      }
      if (event.channel == data) {
        buffer = content;
      } else if (content.hasRemaining()) {
        content.limit(content.position() + Math.min(content.remaining(), MAX_MESSAGE));
        told.message(event.channel, StandardCharsets.UTF_8.decode(content).toString());
      }
    }
  }
}

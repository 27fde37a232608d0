package io.meshdoctor.collector;

import io.meshdoctor.collector.ArchiveSource.BrokenArchiveException;
import io.meshdoctor.collector.Layout.Place;
import io.meshdoctor.collector.Source.Body;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;

/**
 * Hands files to the readers of their kinds, each file once.
 *
 * <p>Several bundles may hold parts of one cluster, collected one after the other; but one file of
 * a cluster with two contents means that two clusters have the same name.
 */
final class Intake {

  /** The result of a probe takes a few hundred bytes. */
  private static final int MAX_PROBE = 1 << 20;

  private final MeshState mesh;
  private final Map<InputKind, InputReader> readers;
  private final Map<String, Seen> seen = new HashMap<>();

  Intake(MeshState mesh, Map<InputKind, InputReader> readers) {
    this.mesh = mesh;
    this.readers = readers;
  }

  /**
   * A file that was read.
   *
   * @param source what it was in
   * @param content tells one content from another
   */
  private record Seen(String source, Content content) {}

  /**
   * What tells the content of a file from others, which are not made to deceive: whoever could,
   * could as well leave the file out.
   *
   * @param bytes how many there are
   * @param checksum CRC-32C of them; a processor has it at once, and SHA-256 takes longer than
   *     reading
   */
  private record Content(long bytes, long checksum) {

    static Content of(byte[] content) {
      var checksum = new CRC32C();
      checksum.update(content);
      return new Content(content.length, checksum.getValue());
    }
  }

  /**
   * Reads a file.
   *
   * @param source what it is in, for messages
   * @return why it could not be read, in a few words; nothing if it was
   * @throws UnreadableInputException if it contradicts another one
   */
  Optional<String> take(Place place, Body body, String source) {
    try (var in = body.open()) {
      switch (place.kind()) {
        // of these, each bundle has its own
        case MESH, CLUSTER -> hand(place, in);
        case PROBE -> takeProbe(place, in, source);
        default -> takeOnce(place, in, source);
      }
      return Optional.empty();
    } catch (UnreadableInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return Optional.of(reason(e));
    }
  }

  /** A name that two bundles use for different probes; the same probe counts once. */
  private void takeProbe(Place place, InputStream in, String source) throws IOException {
    var content = in.readNBytes(MAX_PROBE + 1);
    if (content.length > MAX_PROBE) {
      throw new IOException("is too large for the result of a probe");
    }
    var told = Content.of(content);
    if (seen.putIfAbsent(place.path() + " " + told, new Seen(source, told)) == null) {
      hand(place, new ByteArrayInputStream(content));
    }
  }

  private void takeOnce(Place place, InputStream in, String source) throws IOException {
    var checked = new CheckedStream(in);
    // recordings that hold one cluster each have the same paths
    var name = place.cluster() + " " + place.path();
    var first = seen.get(name);
    if (first == null) {
      try {
        hand(place, checked);
      } finally {
        seen.put(name, new Seen(source, checked.contentOfAll()));
      }
    } else if (!first.content.equals(checked.contentOfAll())) {
      throw contradiction(place, first.source, source);
    }
  }

  /** Notes what passes through it. */
  private static final class CheckedStream extends InputStream {

    private final InputStream in;
    private final CRC32C checksum = new CRC32C();
    private long bytes;

    CheckedStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      if (one >= 0) {
        checksum.update(one);
        bytes++;
      }
      return one;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = in.read(to, offset, length);
      if (count > 0) {
        checksum.update(to, offset, count);
        bytes += count;
      }
      return count;
    }

    /** What it holds; what was not read yet is read for that. */
    Content contentOfAll() throws IOException {
      transferTo(OutputStream.nullOutputStream());
      return new Content(bytes, checksum.getValue());
    }
  }

  private static UnreadableInputException contradiction(Place place, String first, String second) {
    return new UnreadableInputException(
        first.equals(second)
            ? "%s holds %s twice, with different content".formatted(first, place.path())
            : "two clusters are called %s: %s differs between %s and %s; rename a directory below clusters/, or leave one out"
                .formatted(place.cluster(), place.path(), first, second));
  }

  private void hand(Place place, InputStream body) throws IOException {
    var in = new UnclosedStream(body);
    var first = in.read();
    if (first < 0) {
      throw new EOFException("is empty");
    }
    in.unread(first);
    var reader = readers.get(place.kind());
    if (reader != null) {
      reader.read(
          new Input(
              place.kind(),
              place.path(),
              place.cluster(),
              place.namespace(),
              place.pod(),
              place.name(),
              in),
          mesh);
    }
  }

  /** What is left of it is still read when its reader has closed it. */
  private static final class UnclosedStream extends PushbackInputStream {

    UnclosedStream(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }

  /** Why something could not be read, in a few words that quote nothing of it. */
  static String reason(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenArchiveException broken) {
        return "is not whole: the archive " + broken.reason;
      }
    }
    if (e instanceof JacksonException invalid) {
      return Json.reason(invalid);
    }
    if (e instanceof CharacterCodingException) {
      return "is not UTF-8 text";
    }
    var message = e.getMessage();
    if (e instanceof IOException && message != null) {
      return Printable.line(message);
    }
    // no message: it may quote the input
    return "is not what was expected (%s)".formatted(e.getClass().getSimpleName());
  }
}

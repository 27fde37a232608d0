package io.meshdoctor.collector;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** What an archive unpacks to, metered: an archive may be made to unpack to terabytes. */
final class MeteredStream extends FilterInputStream {

  /** Names, owners and times of one entry; some tars put kilobytes of attributes there. */
  private static final long MAX_HEADER = 1 << 20;

  /** Repetitive JSON comes to 100 or so, a run of zeros to 1000. */
  private static final long MAX_RATIO = 400;

  /** Less does no harm, whatever its ratio. */
  private static final long ALWAYS_FINE = 256 << 20;

  private final Path archive;
  private final CountedStream packed;
  private final long maxBytes;
  private long bytes;
  private long endOfHeader = Long.MAX_VALUE;
  private long zeros;
  private boolean ended;

  MeteredStream(InputStream unpacked, CountedStream packed, Path archive, long maxBytes) {
    super(unpacked);
    this.packed = packed;
    this.archive = archive;
    this.maxBytes = maxBytes;
  }

  /** The bytes that came out of the file. */
  static final class CountedStream extends FilterInputStream {

    private long bytes;

    CountedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var next = super.read();
      bytes += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var count = super.read(buffer, offset, length);
      bytes += Math.max(count, 0);
      return count;
    }
  }

  /** What is read now is the header of an entry, which is kept in memory. */
  void beginHeader() {
    endOfHeader = bytes + MAX_HEADER;
  }

  void endHeader() {
    endOfHeader = Long.MAX_VALUE;
  }

  /** Whether nothing was left at some time. */
  boolean hasEnded() {
    return ended;
  }

  /** How many zeros were read last. */
  long zeros() {
    return zeros;
  }

  @Override
  public int read() throws IOException {
    return SingleByte.of(this);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var count = super.read(buffer, offset, length);
    if (count < 0) {
      ended = true;
      return count;
    }
    var nonZero = offset + count - 1;
    while (nonZero >= offset && buffer[nonZero] == 0) {
      nonZero--;
    }
    zeros = nonZero < offset ? zeros + count : offset + count - 1 - nonZero;
    count(count);
    return count;
  }

  @Override
  public long skip(long length) throws IOException {
    var count = super.skip(length);
    count(count);
    return count;
  }

  private void count(long more) {
    bytes += more;
    if (bytes > maxBytes) {
      throw tooLarge(archive, maxBytes);
    }
    if (bytes > ALWAYS_FINE && bytes / MAX_RATIO > packed.bytes) {
      throw new UnreadableInputException(
          "%s unpacks to more than %d times its size; if you trust it, unpack it and give the directory"
              .formatted(archive, MAX_RATIO));
    }
    if (bytes > endOfHeader) {
      throw new UnreadableInputException(
          "%s is no archive that a tar program wrote: an entry's header takes more than %d MB"
              .formatted(archive, MAX_HEADER >> 20));
    }
  }

  static UnreadableInputException tooLarge(Path archive, long maxBytes) {
    return new UnreadableInputException(
        "%s unpacks to more than %d MB; unpack it and give the directory"
            .formatted(archive, maxBytes >> 20));
  }
}

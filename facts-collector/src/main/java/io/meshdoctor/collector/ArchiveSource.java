package io.meshdoctor.collector;

import io.meshdoctor.collector.MeteredStream.CountedStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive, with gzip or without. It is read as a stream and never unpacked to disk, so that
 * its names can harm nothing; still, an entry that would land outside is not read.
 */
final class ArchiveSource implements Source {

  private static final int BUFFER = 64 << 10;
  private static final int RECORD = 512;
  private static final String TRUNCATED = "ends early (truncated)";
  private static final Pattern SLASH = Pattern.compile("/");
  private static final Pattern BACKSLASH_OR_SLASH = Pattern.compile("[/\\\\]");
  private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\]|[A-Za-z]:[/\\\\]");

  private final Path path;
  private final Bounds bounds;

  ArchiveSource(Path path, Bounds bounds) {
    this.path = path;
    this.bounds = bounds;
  }

  /** The archive broke while an entry was read, which is no fault of the entry. */
  static final class BrokenArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the archive: it {@code ends early}. */
    final String reason;

    BrokenArchiveException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  @Override
  public void walk(Visitor visitor) {
    try (var file = Files.newInputStream(path)) {
      var packed = new CountedStream(file);
      var unpacked = unpack(new BufferedInputStream(packed, BUFFER));
      checkIsTar(unpacked);
      new Walk(new MeteredStream(unpacked, packed, path, bounds.bytes()), visitor).run();
    } catch (AccessDeniedException e) {
      throw new UnreadableInputException("%s cannot be read: permission denied".formatted(path));
    } catch (EOFException e) {
      throw new UnreadableInputException(
          "%s %s, before its first file; copy it again".formatted(path, TRUNCATED));
    } catch (IOException e) {
      throw new UnreadableInputException(
          "%s is damaged or cannot be read; copy it again".formatted(path));
    }
  }

  private static BufferedInputStream unpack(BufferedInputStream file) throws IOException {
    var magic = peek(file, 2);
    var isGzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return isGzip ? new BufferedInputStream(new GZIPInputStream(file, BUFFER), BUFFER) : file;
  }

  /** By the checksum of its first header, whatever it is called. */
  private void checkIsTar(BufferedInputStream unpacked) throws IOException {
    var record = peek(unpacked, RECORD);
    if (record.length == 0) {
      throw new UnreadableInputException(
          "%s is empty; give a bundle, a directory or a .tar.gz".formatted(path));
    }
    if (record.length < RECORD || !isHeader(record)) {
      throw new UnreadableInputException(
          "%s is no tar archive; give a bundle, a directory or a .tar.gz".formatted(path));
    }
  }

  private static boolean isHeader(byte[] record) {
    try {
      return TarUtils.verifyCheckSum(record);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] peek(BufferedInputStream in, int length) throws IOException {
    in.mark(length);
    var bytes = in.readNBytes(length);
    in.reset();
    return bytes;
  }

  private static String plain(String name) {
    return SLASH
        .splitAsStream(name)
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  private static Optional<String> refusal(TarArchiveEntry entry) {
    var name = entry.getName();
    if (!Printable.isPrintable(name)) {
      return Optional.of("has a name with control characters");
    }
    if (ABSOLUTE.matcher(name).lookingAt()) {
      return Optional.of("has an absolute path");
    }
    if (BACKSLASH_OR_SLASH.splitAsStream(name).anyMatch(part -> part.equals(".."))) {
      return Optional.of("leads out of the archive");
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      return Optional.of("is a link, not followed");
    }
    return entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()
        ? Optional.of("is no regular file")
        : Optional.empty();
  }

  /** One way through the archive. */
  private final class Walk {

    private final MeteredStream meter;
    private final TarArchiveInputStream tar;
    private final Visitor visitor;
    private long bytes;

    Walk(MeteredStream meter, Visitor visitor) {
      this.meter = meter;
      this.tar = new TarArchiveInputStream(meter, StandardCharsets.UTF_8.name());
      this.visitor = visitor;
    }

    void run() {
      try {
        var entries = 0;
        for (var entry = next(); entry != null; entry = next()) {
          if (++entries > bounds.entries()) {
            throw new UnreadableInputException(
                "%s holds more than %d entries, as no bundle does"
                    .formatted(path, bounds.entries()));
          }
          visit(entry);
          if (!visitor.wantsMore()) {
            return;
          }
        }
        // two records of zeros end an archive
        if (meter.zeros() < RECORD) {
          visitor.broken(TRUNCATED);
        }
      } catch (IOException e) {
        visitor.broken(reason(e));
      }
    }

    private @Nullable TarArchiveEntry next() throws IOException {
      meter.beginHeader();
      try {
        return tar.getNextEntry();
      } catch (IllegalArgumentException e) {
        throw new IOException(e);
      } finally {
        meter.endHeader();
      }
    }

    private void visit(TarArchiveEntry entry) throws IOException {
      var name = entry.getName();
      var refusal = refusal(entry);
      var body = new Body();
      if (refusal.isPresent()) {
        visitor.refused(Printable.line(name), refusal.get());
      } else if (!entry.isDirectory()) {
        visitor.file(plain(name), () -> body);
      }
      body.transferTo(OutputStream.nullOutputStream());
    }

    private String reason(IOException e) {
      if (e instanceof BrokenArchiveException broken) {
        return broken.reason;
      }
      return e instanceof EOFException || meter.hasEnded() ? TRUNCATED : "is damaged";
    }

    /** What is left of the current entry. */
    private final class Body extends InputStream {

      @Override
      public int read() throws IOException {
        return SingleByte.of(this);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
          var count = tar.read(buffer, offset, length);
          bytes += Math.max(count, 0);
          if (bytes > bounds.bytes()) {
            // holes in a sparse file take nothing in the archive
            throw MeteredStream.tooLarge(path, bounds.bytes());
          }
          return count;
        } catch (IOException e) {
          throw new BrokenArchiveException(reason(e));
        }
      }
    }
  }
}

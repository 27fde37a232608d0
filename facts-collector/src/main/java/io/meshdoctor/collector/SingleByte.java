package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;

/** Reads one byte of a stream that has its own way to read many. */
public final class SingleByte {

  private SingleByte() {}

  /**
   * Reads a byte by {@link InputStream#read(byte[], int, int)}, for {@link InputStream#read()}.
   *
   * @return from 0 to 255, or -1 at the end
   */
  public static int of(InputStream in) throws IOException {
    var one = new byte[1];
    return in.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}

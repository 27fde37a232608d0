package io.meshdoctor.collector;

import java.io.IOException;

/** Reads one kind of input, item by item, into the state of its cluster. */
interface InputReader {

  /**
   * Reads all of an input. What an input holds before it breaks is kept.
   *
   * @throws IOException if the input ends early or cannot be parsed; the message says what and
   *     where in one line, and quotes nothing of the input
   */
  void read(Input input, MeshState mesh) throws IOException;
}

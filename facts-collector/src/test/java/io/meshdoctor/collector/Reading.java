package io.meshdoctor.collector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Hands texts to readers, as inputs of one cluster. */
final class Reading {

  static final String CLUSTER = "blue";
  static final String NAMESPACE = "ns";
  static final String POD = "pod-1";

  private Reading() {}

  /** Reads a text of a pod in the cluster. */
  static void read(InputReader reader, InputKind kind, String name, String text, MeshState mesh)
      throws IOException {
    reader.read(
        new Input(
            kind,
            "path/of/" + kind,
            CLUSTER,
            NAMESPACE,
            POD,
            name,
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
        mesh);
  }

  /** The text of a resource next to this class. */
  static String resource(String name) {
    try (InputStream in = Reading.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.meshdoctor.collector;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The reader of each kind of input, the same for all sources. */
final class Readers {

  private Readers() {}

  static Map<InputKind, InputReader> all() {
    var readers = new EnumMap<InputKind, InputReader>(InputKind.class);
    readers.put(InputKind.MESH, new MeshReader());
    readers.put(InputKind.CLUSTER, new ClusterReader());
    return Collections.unmodifiableMap(readers);
  }
}

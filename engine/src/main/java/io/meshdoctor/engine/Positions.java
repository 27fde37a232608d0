package io.meshdoctor.engine;

import java.util.Collection;
import java.util.IdentityHashMap;

/** Where things stand in an order that is the same in each run; equal things are not the same. */
final class Positions {

  private final IdentityHashMap<Object, Integer> positions;

  /** As they stand in a collection. */
  Positions(Collection<?> ordered) {
    positions = new IdentityHashMap<>(ordered.size());
    ordered.forEach(one -> positions.put(one, positions.size()));
  }

  /** The place of one of them; that of others is behind all of them. */
  int of(Object one) {
    return positions.getOrDefault(one, Integer.MAX_VALUE);
  }
}

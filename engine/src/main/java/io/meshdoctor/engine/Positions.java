package io.meshdoctor.engine;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/** Where things stand in an order that is the same in each run; equal things are not the same. */
final class Positions {

  private final Map<Object, Integer> places;

  /** As they stand in a collection. */
  Positions(Collection<?> ordered) {
    places = new IdentityHashMap<>(ordered.size());
    ordered.forEach(one -> places.put(one, places.size()));
  }

  /** The place of one of them; that of others is behind all of them. */
  int of(Object one) {
    return places.getOrDefault(one, Integer.MAX_VALUE);
  }
}

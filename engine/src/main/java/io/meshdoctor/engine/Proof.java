package io.meshdoctor.engine;

import java.util.List;

/**
 * Something that a conclusion rests on, and what that rests on in turn.
 *
 * @param fact one clause
 * @param origin where it was seen; empty where it follows from {@code because}
 * @param show the command that shows it on the live cluster; empty where there is none
 * @param because what it follows from; empty where it was seen
 */
public record Proof(String fact, String origin, String show, List<Proof> because) {

  public Proof {
    because = List.copyOf(because);
  }
}

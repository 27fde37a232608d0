package io.meshdoctor.engine;

import io.meshdoctor.facts.Listed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was looked at, by what asks for it: many subjects ask for the same. */
final class Looks {

  /** No reader wants more for one need. */
  private static final int MOST = 12;

  private final Set<Listed> listed;
  private final Map<Need, List<Listed>> answers = new HashMap<>();

  Looks(Set<Listed> listed) {
    this.listed = listed;
  }

  /** What meets a need, a few of them in their order. */
  List<Listed> at(Need need) {
    return answers.computeIfAbsent(
        need, asked -> listed.stream().filter(asked::isMetBy).limit(MOST).toList());
  }
}

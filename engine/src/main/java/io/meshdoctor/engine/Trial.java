package io.meshdoctor.engine;

import io.meshdoctor.facts.Finding;
import java.util.List;

/**
 * What came of a fix that was tried in memory.
 *
 * @param gone whether the finding is gone then
 * @param appears findings that are there then and were not before, as they are printed
 */
public record Trial(boolean gone, List<Finding> appears) {

  public Trial {
    appears = List.copyOf(appears);
  }

  /** Whether it does what it is meant to, and nothing else. */
  public boolean isGood() {
    return gone && appears.isEmpty();
  }
}

package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.engine.RuleBase;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes ready all that questions about one mesh need. */
@FunctionalInterface
interface Examiner {

  /**
   * A mesh that was read, and the rules to look at it with.
   *
   * @param rules the built-in rules and those of users
   * @param mesh what was read
   * @param open what more can be added to, where there is more to come
   */
  record Examined(RuleBase rules, MeshFacts mesh, Optional<MeshIntake> open) {}

  /**
   * Reads one mesh.
   *
   * @param sources where it is read
   * @param progress sees how far reading is
   * @param rules which rules it is looked at with
   * @param prepared makes of these rules those that the question needs
   */
  Examined examine(
      MeshSources sources,
      LiveProgress progress,
      RuleChoice rules,
      UnaryOperator<RuleBase> prepared);
}

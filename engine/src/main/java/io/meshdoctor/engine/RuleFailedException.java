package io.meshdoctor.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.core.common.InternalAgenda;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/** A rule threw an exception, or rules went round in a circle; says which. */
final class RuleFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Pattern BLAMED = Pattern.compile("\\[Rule (\"[^\\]]+?\") in ");

  private final transient Set<String> rules;

  private RuleFailedException(String message, Set<String> rules, @Nullable Throwable cause) {
    super(message, cause);
    this.rules = rules;
  }

  static RuleFailedException of(RuntimeException failed, KieSession session) {
    Set<String> blamed = new LinkedHashSet<>();
    if (failed instanceof ConsequenceException consequence) {
      blamed.add(consequence.getMatch().getRule().getName());
    } else {
      var matcher = BLAMED.matcher(String.valueOf(failed.getMessage()));
      while (matcher.find()) {
        for (var quoted : matcher.group(1).split("\", \"", -1)) {
          blamed.add(quoted.replace("\"", ""));
        }
      }
      if (blamed.isEmpty()) {
        blamed.addAll(current(session));
      }
    }
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new RuleFailedException(
        "the rule (%s) fails with %s"
            .formatted(String.join(", ", blamed), root.getClass().getSimpleName()),
        blamed,
        failed);
  }

  static RuleFailedException endless(KieSession session) {
    var blamed = current(session);
    return new RuleFailedException(
        "the rule (%s) fires without end".formatted(String.join(", ", blamed)), blamed, null);
  }

  /** The rule whose turn it is. */
  private static Set<String> current(KieSession session) {
    var item =
        ((InternalAgenda) session.getAgenda()).getAgendaGroupsManager().getMainAgendaGroup().peek();
    return item == null ? Set.of() : Set.of(item.getRule().getName());
  }

  /** What happened, in one clause. */
  String reason() {
    return String.valueOf(getMessage());
  }

  /** Names of the rules that are to blame; empty where that cannot be told. */
  Set<String> rules() {
    return rules;
  }
}

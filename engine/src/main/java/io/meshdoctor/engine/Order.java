package io.meshdoctor.engine;

import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import java.util.Comparator;

/** The order in which things are printed. */
final class Order {

  /** The worst first, then along the path, then by id and message. */
  static final Comparator<Finding> FINDINGS =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::stage)
          .thenComparing(Finding::code)
          .thenComparing(Finding::message)
          .thenComparing(finding -> finding.objects().toString())
          .thenComparing(finding -> finding.scope().toString());

  /** Facts as they read, and where they were seen; one pod may have shown the same twice. */
  static final Comparator<Evidence> BY_TEXT =
      Comparator.comparing(Order::text).thenComparing(Order::show);

  private Order() {}

  /** How a fact reads, and where it was seen. */
  static String text(Evidence one) {
    return one.describe() + '\n' + (one instanceof Fact fact ? fact.origin() : "");
  }

  private static String show(Evidence one) {
    return one instanceof Fact fact ? fact.origin().show() : "";
  }
}

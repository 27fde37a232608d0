package io.meshdoctor.engine;

import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns what the truth maintenance system knows into proofs that can be printed. */
final class Proofs {

  /** What was seen comes first; that everything was read is the small print. */
  private static final Comparator<Evidence> ORDER =
      Comparator.comparing((Evidence one) -> one instanceof Listed).thenComparing(Order.BY_TEXT);

  private final Inference inference;

  Proofs(Inference inference) {
    this.inference = inference;
  }

  /** What a derived fact rests on. */
  List<Proof> of(Evidence derived) {
    return of(derived, new HashSet<>());
  }

  private List<Proof> of(Evidence derived, Set<Evidence> path) {
    List<Proof> proofs = new ArrayList<>();
    if (path.add(derived)) {
      inference.premises().getOrDefault(derived, Set.of()).stream()
          .sorted(ORDER)
          .map(premise -> premise instanceof Fact fact ? leaf(fact) : node(premise, path))
          .forEach(proofs::add);
      path.remove(derived);
    }
    return proofs.stream().distinct().toList();
  }

  private Proof node(Evidence premise, Set<Evidence> path) {
    return new Proof(premise.describe(), "", "", of(premise, path));
  }

  /** Observed facts, in the order in which they are printed. */
  List<Proof> leaves(Collection<? extends Evidence> evidence) {
    return evidence.stream()
        .sorted(ORDER)
        .flatMap(one -> one instanceof Fact fact ? List.of(leaf(fact)).stream() : of(one).stream())
        .distinct()
        .toList();
  }

  private static Proof leaf(Fact fact) {
    var origin = fact.origin();
    return new Proof(fact.describe(), origin.toString(), origin.show(), List.of());
  }
}

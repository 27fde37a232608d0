package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Proof;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Prints a proof: each fact with where it was seen, and under it what it follows from. What was
 * printed higher up is not printed again, unless details are asked for.
 */
final class ProofTree {

  private static final int STEP = 2;
  private static final String GAP = "    ";
  private static final String ORIGIN = "--> ";

  private final Layout layout;
  private final Set<Proof> printed = new HashSet<>();

  ProofTree(Layout layout) {
    this.layout = layout;
  }

  void write(List<Proof> proofs) {
    write(proofs, Layout.COLUMN);
  }

  /** Prints it further to the right. */
  void write(List<Proof> all, int indent) {
    print(layout.detailed() ? all : once(all, printed), indent);
  }

  /**
   * The same without what stands in it for a second time.
   *
   * @param seen what stood before it; all of it is added
   */
  static List<Proof> once(List<Proof> all, Set<Proof> seen) {
    return all.stream().filter(seen::add).toList().stream()
        .map(
            proof ->
                new Proof(proof.fact(), proof.origin(), proof.show(), once(proof.because(), seen)))
        .toList();
  }

  private void print(List<Proof> proofs, int indent) {
    int column = layout.detailed() ? 0 : column(proofs, indent);
    for (int i = 0; i < proofs.size(); i++) {
      var proof = proofs.get(i);
      if (column > 0) {
        layout.cells(indent, proof.fact(), column, proof.origin());
      } else {
        layout.words(indent, Tone.PLAIN, proof.fact());
        print(proof.because(), indent + STEP);
        var next = i + 1 < proofs.size() ? proofs.get(i + 1).origin() : "";
        if (!proof.origin().isEmpty() && (layout.detailed() || !proof.origin().equals(next))) {
          layout.words(
              indent + STEP, indent + STEP + ORIGIN.length(), Tone.DIM, ORIGIN + proof.origin());
        }
        if (layout.detailed() && !proof.show().isEmpty()) {
          layout.line(indent + STEP + ORIGIN.length(), Tone.COMMAND, proof.show());
        }
      }
    }
  }

  /** Where the origins start if all of them fit beside their facts; 0 if not. */
  private int column(List<Proof> proofs, int indent) {
    if (proofs.stream().anyMatch(one -> one.origin().isEmpty() || !one.because().isEmpty())) {
      return 0;
    }
    int facts = proofs.stream().mapToInt(one -> one.fact().length()).max().orElse(0);
    int origins = proofs.stream().mapToInt(one -> one.origin().length()).max().orElse(0);
    int column = facts + GAP.length();
    return indent + column + origins <= layout.width() ? column : 0;
  }
}

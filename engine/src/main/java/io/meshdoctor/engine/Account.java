package io.meshdoctor.engine;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.NetworkPair;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of one rule: of each thing that it speaks about.
 *
 * @param code id of the rule
 * @param title name of the rule
 * @param entries one for each thing, in the order in which they are printed; empty where the rule
 *     speaks about nothing that is in this mesh
 */
public record Account(String code, String title, List<Entry> entries) {

  public Account {
    entries = List.copyOf(entries);
  }

  /** How it stands with one thing that a rule speaks about. */
  public enum Outcome {
    /** The fault is there. */
    FOUND,
    /** Not all that the rule needs was read. */
    UNDECIDED,
    /** The rule looked, and it is not so. */
    RULED_OUT
  }

  /**
   * How it stands with one thing that a rule speaks about.
   *
   * @param outcome what it comes to
   * @param about the thing: two clusters, a gateway, a service
   * @param because what excludes the fault; empty where there is nothing that could be the fault,
   *     and unless it is ruled out
   * @param read what was read completely, and so would have shown the fault
   * @param missing what was not read, cheapest first; empty unless it is undecided
   * @param findings fingerprints of what was found
   */
  public record Entry(
      Outcome outcome,
      List<Evidence> about,
      List<Proof> because,
      List<Listed> read,
      List<Missing> missing,
      List<String> findings) {

    public Entry {
      about = List.copyOf(about);
      because = List.copyOf(because);
      read = List.copyOf(read);
      missing = List.copyOf(missing);
      findings = List.copyOf(findings);
    }

    /** The thing in a few words. */
    public String subject() {
      boolean onlyClusters = about.stream().allMatch(Cluster.class::isInstance);
      return about.stream()
          .filter(one -> onlyClusters || !(one instanceof Cluster))
          .map(Entry::words)
          .distinct()
          .collect(Collectors.joining(onlyClusters ? ", " : "; "));
    }

    private static String words(Evidence one) {
      if (one instanceof Cluster cluster) {
        return cluster.name();
      }
      return one instanceof NetworkPair pair
          ? "from %s to %s".formatted(pair.from(), pair.to())
          : one.describe();
    }
  }

  /**
   * Something that was not read.
   *
   * @param what it, in a few words, with the reason where one is known
   * @param command the command that reads it
   * @param cost how much that asks of the mesh; 0 is least
   */
  public record Missing(String what, String command, int cost) {}

  /** What it comes to altogether; absent subjects make it not applicable. */
  public boolean has(Outcome outcome) {
    return entries.stream().anyMatch(entry -> entry.outcome() == outcome);
  }
}

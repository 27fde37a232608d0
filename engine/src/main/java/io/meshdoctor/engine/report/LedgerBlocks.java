package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Account;
import io.meshdoctor.engine.Account.Entry;
import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.engine.Account.Outcome;
import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.facts.Listed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints what became of each thing that each rule speaks about. */
final class LedgerBlocks {

  private final Layout layout;
  private final Map<String, Conclusion> findings;

  /**
   * Prints to a layout.
   *
   * @param findings all findings, by fingerprint
   */
  LedgerBlocks(Layout layout, Map<String, Conclusion> findings) {
    this.layout = layout;
    this.findings = findings;
  }

  void write(List<Account> ledger) {
    if (ledger.isEmpty()) {
      return;
    }
    layout.gap();
    var counts =
        Arrays.stream(Outcome.values())
            .map(
                outcome ->
                    "%d %s"
                        .formatted(
                            ledger.stream().filter(account -> account.has(outcome)).count(),
                            word(outcome)))
            .collect(Collectors.joining(", "));
    var idle = ledger.stream().filter(account -> account.entries().isEmpty()).toList();
    layout.title(
        Tone.STRONG,
        "ledger: ",
        "of %d rules %s, %d not applicable".formatted(ledger.size(), counts, idle.size()));
    ledger.stream().filter(account -> !account.entries().isEmpty()).forEach(this::account);
    if (!idle.isEmpty()) {
      layout.gap();
      layout.title(
          Tone.DIM, "not applicable: ", "%d rules speak of nothing here".formatted(idle.size()));
      idle.forEach(
          account -> {
            layout.label(account.code());
            layout.words(Layout.COLUMN, Tone.PLAIN, account.title());
          });
    }
  }

  private void account(Account account) {
    layout.gap();
    layout.title(Tone.STRONG, account.code() + ": ", account.title());
    for (var outcome : Outcome.values()) {
      var entries = account.entries().stream().filter(one -> one.outcome() == outcome).toList();
      int shown = layout.most(entries);
      entries.subList(0, shown).forEach(this::entry);
      if (entries.size() > shown) {
        layout.line(
            Layout.LABEL,
            Tone.DIM,
            "and %d more %s; -v shows them".formatted(entries.size() - shown, word(outcome)));
      }
    }
  }

  private void entry(Entry entry) {
    layout.label(word(entry.outcome()));
    layout.words(Layout.COLUMN, Tone.PLAIN, entry.subject());
    for (var fingerprint : entry.findings()) {
      var finding = findings.get(fingerprint);
      if (finding != null) {
        layout.words(Layout.COLUMN, Tone.STRONG, "so " + finding.finding().message());
      }
    }
    if (!entry.because().isEmpty()) {
      layout.label("because");
      new ProofTree(layout).write(entry.because());
    } else if (entry.outcome() == Outcome.RULED_OUT) {
      layout.label("because");
      layout.words(Layout.COLUMN, Tone.PLAIN, "there is nothing of the kind");
    }
    if (!entry.read().isEmpty()) {
      layout.label("read");
      layout.words(Layout.COLUMN, Tone.DIM, read(entry.read()));
    }
    layout.list("missing", entry.missing().stream().map(Missing::what).distinct().toList());
    if (!entry.missing().isEmpty()) {
      layout.line(Layout.LABEL, Tone.PLAIN, "decide with");
      layout.commands(entry.missing().stream().map(Missing::command).distinct().toList());
    }
  }

  private static String read(List<Listed> all) {
    SortedMap<String, SortedSet<String>> kinds = new TreeMap<>();
    for (var one : all) {
      var of = one.subject().isEmpty() ? "" : " (%s)".formatted(one.subject());
      kinds.computeIfAbsent(one.cluster() + of, place -> new TreeSet<>()).add(one.kind());
    }
    return kinds.entrySet().stream()
        .map(place -> "%s of %s".formatted(String.join(", ", place.getValue()), place.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case FOUND -> "found";
      case UNDECIDED -> "undecided";
      case RULED_OUT -> "ruled out";
    };
  }
}

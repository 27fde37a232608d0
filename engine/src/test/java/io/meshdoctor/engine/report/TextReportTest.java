package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Coverage;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Proof;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextReportTest {

  private static String text(Diagnosis diagnosis, int width, boolean detailed) throws IOException {
    return text(diagnosis, new TextReport(width, Palette.NONE, "meshdoctor", detailed));
  }

  private static String text(Diagnosis diagnosis, TextReport report) throws IOException {
    var out = new StringWriter();
    report.write(diagnosis, out);
    return out.toString();
  }

  private static Diagnosis open(List<Undecided> undecided) {
    return new Diagnosis(
        "prod",
        Verdict.UNDECIDED,
        List.of(Meshes.OSLO, Meshes.PARIS),
        List.of(),
        List.of(),
        List.of(),
        undecided,
        new Coverage(1, 1, 1, List.of()));
  }

  private static Conclusion root(String message, List<Proof> because, List<String> fix) {
    var finding =
        Meshes.finding(
            "MD301", "title", Severity.ERROR, Confidence.CERTAIN, message, List.of(), fix);
    return Meshes.conclusion(finding, because, List.of(), List.of(), "mend it", "", "01");
  }

  @Test
  void reads_well_in_a_wide_terminal() throws IOException {
    Approved.check("faulty-100.txt", text(Meshes.faulty(), 100, false));
  }

  @Test
  void reads_well_in_a_narrow_terminal() throws IOException {
    Approved.check("faulty-60.txt", text(Meshes.faulty(), 60, false));
  }

  @Test
  void shows_how_to_see_each_fact_when_asked_for_details() throws IOException {
    Approved.check("faulty-detailed.txt", text(Meshes.faulty(), 100, true));
  }

  @Test
  void warns_of_a_fix_that_does_not_do_or_does_too_much() throws IOException {
    var other =
        Meshes.finding(
            "MD503", "t", Severity.ERROR, Confidence.CERTAIN, "it is worse", List.of(), List.of());

    assertThat(text(tried(new Trial(false, List.of())), 100, false))
        .contains("  fix       mend it\n            tried in memory: the finding stays\n");
    assertThat(text(tried(new Trial(true, List.of(other))), 100, false))
        .contains(
            """
                        tried in memory: the finding goes, and this appears
                        MD503: it is worse
            """);
  }

  private static Diagnosis tried(Trial trial) {
    var root = root("broken", List.of(), List.of());
    var tried =
        new Conclusion(
            root.finding(),
            root.because(),
            root.explains(),
            root.symptoms(),
            root.page(),
            Optional.of(trial),
            root.fingerprint());
    return new Diagnosis(
        "prod",
        Verdict.FAULTY,
        List.of(),
        List.of(tried),
        List.of(tried),
        List.of(),
        List.of(),
        new Coverage(1, 1, 1, List.of()));
  }

  @Test
  void says_in_short_that_all_is_well() throws IOException {
    Approved.check("healthy-100.txt", text(Meshes.healthy(), 100, false));
  }

  @Test
  void says_what_was_not_read_and_how_to_read_it() throws IOException {
    Approved.check("undecided-100.txt", text(Meshes.undecided(), 100, false));
  }

  @Test
  void is_never_narrower_than_sixty_characters() throws IOException {
    var narrow = text(Meshes.faulty(), 10, false);

    assertThat(narrow).isEqualTo(text(Meshes.faulty(), 60, false));
  }

  @Test
  void breaks_everything_but_what_can_be_pasted() throws IOException {
    var report = text(Meshes.faulty(), 60, false);

    assertThat(report.lines().filter(line -> line.length() > 60))
        .allMatch(line -> line.matches(" +(istioctl|kubectl|https:).*"));
  }

  @Test
  void names_findings_that_follow_from_what_follows() throws IOException {
    var third =
        Meshes.conclusion(
            Meshes.finding(
                "MD603", "t", Severity.ERROR, Confidence.CERTAIN, "third", List.of(), List.of()),
            List.of(),
            List.of("01"),
            List.of(),
            "",
            "",
            "03");
    var second =
        Meshes.conclusion(
            Meshes.finding(
                "MD602", "t", Severity.ERROR, Confidence.CERTAIN, "second", List.of(), List.of()),
            List.of(),
            List.of("03"),
            List.of(),
            "",
            "",
            "02");
    var first =
        Meshes.conclusion(
            Meshes.finding(
                "MD601", "t", Severity.ERROR, Confidence.CERTAIN, "first", List.of(), List.of()),
            List.of(),
            List.of("02"),
            List.of(),
            "",
            "",
            "01");
    var diagnosis =
        new Diagnosis(
            "prod",
            Verdict.FAULTY,
            List.of(),
            List.of(first),
            List.of(first, second, third),
            List.of(),
            List.of(),
            new Coverage(3, 3, 1, List.of()));

    var report = text(diagnosis, 100, false);

    assertThat(report).contains("  explains  MD602: second\n            MD603: third\n");
    assertThat(report.split("first", -1)).hasSize(2);
  }

  @Test
  void prints_an_origin_once_for_facts_that_share_it() throws IOException {
    var origin = "paris: istiod istio-system/istiod-0 /debug/clusterz";
    var fact = "a clause that is too long to leave room for an origin beside it, as some are";
    var proof =
        List.of(Meshes.leaf("one " + fact, origin, ""), Meshes.leaf("another " + fact, origin, ""));

    var report = text(Meshes.with(root("it is so", proof, List.of())), 100, false);

    assertThat(report.lines().filter(line -> line.contains(origin))).hasSize(1);
  }

  @Test
  void prints_a_fact_once_however_often_it_is_needed() throws IOException {
    var shared = Meshes.leaf("oslo trusts root aa", "oslo: configmap x", "");
    var nested =
        new Proof(
            "the roots differ",
            "",
            "",
            List.of(shared, Meshes.leaf("paris trusts root bb", "paris: configmap x", "")));
    var diagnosis = Meshes.with(root("it is so", List.of(nested, shared), List.of()));

    assertThat(text(diagnosis, 100, false))
        .contains(
            """
              because   the roots differ
                          paris trusts root bb    paris: configmap x
                        oslo trusts root aa
                          --> oslo: configmap x
            """);
    assertThat(text(diagnosis, 100, true).split("oslo trusts root aa", -1)).hasSize(3);
  }

  @Test
  void leaves_a_here_document_as_it_is() throws IOException {
    var fix = "kubectl apply -f - <<EOF\nkind: Gateway\nmetadata:\n  name: x\nEOF";

    var report = text(Meshes.with(root("it is so", List.of(), List.of(fix))), 60, false);

    assertThat(report).contains("\n" + fix + "\n");
  }

  @Test
  void lets_no_control_character_of_the_mesh_through() throws IOException {
    var message = "a log says \u001b[2Jall is well\u0007\nreally";

    var report = text(Meshes.with(root(message, List.of(), List.of())), 100, false);

    assertThat(report)
        .contains("a log says [2Jall is well really")
        .doesNotContain("\u001b", "\u0007");
  }

  @Test
  void collapses_rules_that_miss_the_same_and_cuts_long_lists() throws IOException {
    var many =
        IntStream.range(301, 321)
            .mapToObj(
                id ->
                    new Undecided(
                        "MD" + id,
                        "title",
                        IntStream.range(0, 9)
                            .mapToObj(pod -> "Envoy clusters of pod " + pod)
                            .toList(),
                        List.of("kubectl get pods")))
            .toList();

    var report = text(open(many), 100, false);

    assertThat(report)
        .contains("undecided: 20 rules, because this was not read\n")
        .contains("Envoy clusters of pod 5\n            and 3 more; -v shows them\n")
        .contains("  rules     MD301, MD302, MD303,")
        .containsOnlyOnce("kubectl get pods");
    assertThat(text(open(many), 100, true)).contains("pod 8\n").contains("MD320: title\n");
  }

  @Test
  void shows_what_nothing_explains_before_rules_that_could_not_look() throws IOException {
    var rules =
        IntStream.range(301, 310)
            .mapToObj(
                id -> new Undecided("MD" + id, "title", List.of("part " + id), List.of("read it")));
    var odd = new Undecided("MD901", "odd", List.of("it is odd"), List.of());

    var report = text(open(Stream.concat(rules, List.of(odd).stream()).toList()), 100, false);

    assertThat(report.indexOf("unexplained[MD901]: it is odd"))
        .isPositive()
        .isLessThan(report.indexOf("undecided["));
    assertThat(report).contains("undecided: 4 more; -v shows them\n");
  }

  @Test
  void gives_the_way_to_decide_once_for_all_that_it_decides() throws IOException {
    var odd =
        List.of(
            new Undecided(
                "MD901", "odd", List.of("it is odd", "perhaps MD301: x"), List.of("probe")),
            new Undecided(
                "MD901", "odd", List.of("so is it", "perhaps MD301: x"), List.of("probe")));

    var report = text(open(odd), 100, false);

    assertThat(report)
        .contains(
            """
            unexplained[MD901]: it is odd
            unexplained[MD901]: so is it
              perhaps   MD301: x
              decide with
                probe
            """);
  }

  @Test
  void colours_words_without_changing_them() throws IOException {
    Palette tagged = (tone, words) -> "<" + tone + ">" + words + "</" + tone + ">";

    var report = text(Meshes.faulty(), new TextReport(100, tagged, "meshdoctor", false));

    assertThat(report)
        .contains(
            "<ERROR>FAULTY: </ERROR><STRONG>2 root causes in mesh prod (2 clusters)</STRONG>\n")
        .contains("<WARNING>warning[MD104, possible]: </WARNING>")
        .contains("    <COMMAND>istioctl create-remote-secret ");
    assertThat(report.replaceAll("</?[A-Z]+>", "")).isEqualTo(text(Meshes.faulty(), 100, false));
  }

  @Test
  void calls_the_program_as_the_reader_does() throws IOException {
    var report =
        text(Meshes.faulty(), new TextReport(100, Palette.NONE, "kubectl meshdoctor", false));

    assertThat(report).contains("  more      kubectl meshdoctor explain MD301\n");
  }
}

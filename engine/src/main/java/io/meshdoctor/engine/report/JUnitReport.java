package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report for CI servers: JUnit's XML, as Jenkins, GitLab and Surefire read it. A mesh is a
 * suite; a rule that could look, or could not, is a case. What fails is what makes the exit status
 * 1, so that a build and its tests agree.
 */
public final class JUnitReport implements Report, FleetReport {

  private static final String GENERAL = "meshdoctor";

  private final Severity failOn;
  private final TextReport words;

  /**
   * Writes for one reader.
   *
   * @param program how the reader calls this program
   * @param failOn least severity of a root cause that fails its case
   */
  public JUnitReport(String program, Severity failOn) {
    this.failOn = failOn;
    this.words = new TextReport(TextReport.DEFAULT_WIDTH, Palette.NONE, program, false);
  }

  /** What a case comes to. */
  private enum Outcome {
    PASSED(""),
    FAILED("failure"),
    ERROR("error"),
    SKIPPED("skipped");

    private final String element;

    Outcome(String element) {
      this.element = element;
    }
  }

  /**
   * A case.
   *
   * @param name what it is about
   * @param outcome what it comes to
   * @param type kind of the outcome, such as a severity
   * @param message one line about the outcome
   * @param text all about it
   */
  private record Case(String name, Outcome outcome, String type, String message, String text) {

    static Case passed(String name) {
      return new Case(name, Outcome.PASSED, "", "", "");
    }
  }

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    write(Fleet.only(diagnosis), out);
  }

  @Override
  public void write(Fleet fleet, Writer out) throws IOException {
    var text = new StringWriter();
    try {
      // the factory of the JDK, whatever is on the class path
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      suites(fleet, xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("A StringWriter takes everything.", impossible);
    }
    out.write(text.append('\n').toString());
  }

  private void suites(Fleet fleet, XMLStreamWriter xml) throws XMLStreamException {
    var suites = fleet.meshes().stream().map(this::cases).toList();
    start("testsuites", 0, xml);
    attribute("name", GENERAL, xml);
    counts(suites.stream().flatMap(List::stream).toList(), xml);
    for (int i = 0; i < suites.size(); i++) {
      suite(fleet.meshes().get(i), suites.get(i), xml);
    }
    end(0, xml);
  }

  private static void suite(FleetMesh mesh, List<Case> cases, XMLStreamWriter xml)
      throws XMLStreamException {
    start("testsuite", 1, xml);
    attribute("name", name(mesh), xml);
    counts(cases, xml);
    attribute("skipped", String.valueOf(number(cases, Outcome.SKIPPED)), xml);
    attribute("time", "0", xml);
    if (mesh.diagnosis().isPresent()) {
      properties(mesh.diagnosis().get(), xml);
    }
    // a dot would make a package of it
    var classname = GENERAL + "." + name(mesh).replace('.', '_');
    for (var one : cases) {
      boolean empty = one.outcome() == Outcome.PASSED && one.text().isEmpty();
      indent(2, xml);
      if (empty) {
        xml.writeEmptyElement("testcase");
      } else {
        xml.writeStartElement("testcase");
      }
      attribute("classname", classname, xml);
      attribute("name", one.name(), xml);
      attribute("time", "0", xml);
      if (!empty) {
        outcome(one, xml);
        end(2, xml);
      }
    }
    end(1, xml);
  }

  private static String name(FleetMesh mesh) {
    return mesh.name().isEmpty() ? "mesh" : mesh.name();
  }

  private static void counts(List<Case> cases, XMLStreamWriter xml) throws XMLStreamException {
    attribute("tests", String.valueOf(cases.size()), xml);
    attribute("failures", String.valueOf(number(cases, Outcome.FAILED)), xml);
    attribute("errors", String.valueOf(number(cases, Outcome.ERROR)), xml);
  }

  private static long number(List<Case> cases, Outcome outcome) {
    return cases.stream().filter(one -> one.outcome() == outcome).count();
  }

  private static void properties(Diagnosis diagnosis, XMLStreamWriter xml)
      throws XMLStreamException {
    var narrative = new Narrative(diagnosis);
    start("properties", 2, xml);
    property("verdict", Narrative.word(diagnosis.verdict()), xml);
    property(
        "clusters",
        diagnosis.clusters().stream().map(Cluster::name).collect(Collectors.joining(", ")),
        xml);
    property("summary", narrative.summary(), xml);
    for (var place : narrative.unread()) {
      property("not read", place, xml);
    }
    end(2, xml);
  }

  private static void property(String name, String value, XMLStreamWriter xml)
      throws XMLStreamException {
    indent(3, xml);
    xml.writeEmptyElement("property");
    attribute("name", name, xml);
    attribute("value", value, xml);
  }

  private static void outcome(Case one, XMLStreamWriter xml) throws XMLStreamException {
    if (one.outcome() == Outcome.PASSED) {
      start("system-out", 3, xml);
    } else {
      start(one.outcome().element, 3, xml);
      if (!one.type().isEmpty()) {
        attribute("type", one.type(), xml);
      }
      attribute("message", one.message(), xml);
    }
    xml.writeCharacters(Clean.lines(one.text()));
    xml.writeEndElement();
  }

  private List<Case> cases(FleetMesh mesh) {
    return mesh.diagnosis()
        .map(this::cases)
        .orElseGet(
            () ->
                List.of(
                    new Case(
                        "the mesh is read and diagnosed",
                        Outcome.ERROR,
                        mesh.broken() ? "failed" : "unreadable",
                        mesh.failure(),
                        "")));
  }

  /** One of each rule: what was found outweighs what was not told, and that what is ruled out. */
  private List<Case> cases(Diagnosis diagnosis) {
    SortedMap<String, Case> cases = new TreeMap<>();
    for (var rule : diagnosis.ruledOut()) {
      cases.put(rule.code(), Case.passed(title(rule.code(), rule.title())));
    }
    SortedMap<String, List<Undecided>> undecided =
        diagnosis.undecided().stream()
            .collect(Collectors.groupingBy(Undecided::code, TreeMap::new, Collectors.toList()));
    undecided.forEach((code, all) -> cases.put(code, open(all)));
    var narrative = new Narrative(diagnosis);
    SortedMap<String, List<Conclusion>> found =
        diagnosis.findings().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.finding().code(), TreeMap::new, Collectors.toList()));
    found.forEach((code, all) -> cases.put(code, found(all, narrative)));
    return List.copyOf(cases.values());
  }

  private static String title(String code, String title) {
    return "%s: %s".formatted(code, title);
  }

  private static Case open(List<Undecided> all) {
    var first = all.get(0);
    var title = title(first.code(), first.title());
    var missing = all.stream().flatMap(one -> one.missing().stream()).distinct().toList();
    if (UndecidedGroup.isUnexplained(first)) {
      return new Case(
          title,
          Outcome.ERROR,
          "unexplained",
          first.missing().get(0) + ", and nothing explains it",
          lines(missing));
    }
    List<String> text = new ArrayList<>(missing);
    var commands = all.stream().flatMap(one -> one.decideWith().stream()).distinct().toList();
    if (!commands.isEmpty()) {
      text.add("decide with");
      text.addAll(commands);
    }
    return new Case(
        title, Outcome.SKIPPED, "", "not read: " + String.join("; ", missing), lines(text));
  }

  private Case found(List<Conclusion> all, Narrative narrative) {
    var diagnosis = narrative.diagnosis();
    var roots = all.stream().filter(diagnosis.rootCauses()::contains).toList();
    var title = title(all.get(0).finding().code(), all.get(0).finding().title());
    if (roots.isEmpty()) {
      return new Case(
          title,
          Outcome.SKIPPED,
          "",
          "follows from " + causes(all, diagnosis),
          lines(all.stream().map(one -> one.finding().message()).toList()));
    }
    var bad = roots.stream().filter(this::isFailing).toList();
    var told = bad.isEmpty() ? roots : bad;
    var text =
        told.stream().map(root -> words.of(root, narrative)).collect(Collectors.joining()).strip();
    if (bad.isEmpty()) {
      return new Case(title, Outcome.PASSED, "", "", text);
    }
    var first = bad.get(0).finding();
    return new Case(
        title,
        Outcome.FAILED,
        Narrative.word(first.severity()),
        bad.size() == 1
            ? first.message()
            : "%s, and %d more".formatted(first.message(), bad.size() - 1),
        text);
  }

  private boolean isFailing(Conclusion root) {
    return root.finding().severity().compareTo(failOn) <= 0;
  }

  private static String causes(List<Conclusion> effects, Diagnosis diagnosis) {
    var fingerprints = effects.stream().map(Conclusion::fingerprint).toList();
    return diagnosis.findings().stream()
        .filter(cause -> cause.explains().stream().anyMatch(fingerprints::contains))
        .map(cause -> cause.finding().code())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void start(String element, int depth, XMLStreamWriter xml)
      throws XMLStreamException {
    indent(depth, xml);
    xml.writeStartElement(element);
  }

  private static void end(int depth, XMLStreamWriter xml) throws XMLStreamException {
    indent(depth, xml);
    xml.writeEndElement();
  }

  private static void indent(int depth, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static void attribute(String name, String value, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeAttribute(name, Clean.line(value));
  }
}

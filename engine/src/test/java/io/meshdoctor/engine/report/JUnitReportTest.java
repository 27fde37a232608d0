package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.facts.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

class JUnitReportTest {

  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(JUnitReportTest.class.getResource("junit.xsd"));
    } catch (SAXException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String of(Diagnosis diagnosis, Severity failOn) throws IOException {
    return valid(Written.by((Report) new JUnitReport("meshdoctor", failOn), diagnosis));
  }

  private static String of(Fleet fleet) throws IOException {
    return valid(Written.by((FleetReport) new JUnitReport("meshdoctor", Severity.ERROR), fleet));
  }

  private static String valid(String report) throws IOException {
    try {
      SCHEMA.newValidator().validate(new StreamSource(new StringReader(report)));
      return report;
    } catch (SAXException invalid) {
      throw new AssertionError(invalid.getMessage(), invalid);
    }
  }

  /** As Surefire's own reports read it. */
  private static List<ReportTestSuite> read(String report) throws IOException {
    try (var bytes = new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8))) {
      return new TestSuiteXmlParser(new NullConsoleLogger())
          .parse(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    } catch (SAXException | ParserConfigurationException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static ReportTestCase named(String start, String report) throws IOException {
    return read(report).stream()
        .flatMap(suite -> suite.getTestCases().stream())
        .filter(one -> one.getName().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void is_what_ci_servers_take() throws IOException {
    Approved.check("faulty.junit.xml", of(Meshes.faulty(), Severity.ERROR));
  }

  @Test
  void tells_what_nothing_explains_and_skips_what_was_not_read() throws IOException {
    Approved.check("undecided.junit.xml", of(Meshes.undecided(), Severity.ERROR));
  }

  @Test
  void counts_as_a_reader_counts() throws IOException {
    var suite = read(of(Meshes.faulty(), Severity.ERROR)).get(0);

    assertThat(suite.getNumberOfTests()).isEqualTo(6);
    assertThat(suite.getNumberOfFailures()).isEqualTo(1);
    assertThat(suite.getNumberOfErrors()).isZero();
    assertThat(suite.getNumberOfSkipped()).isEqualTo(2);
  }

  @Test
  void fails_what_makes_the_run_fail_and_tells_of_the_rest() throws IOException {
    var onErrors = of(Meshes.faulty(), Severity.ERROR);
    var onWarnings = of(Meshes.faulty(), Severity.WARNING);

    assertThat(named("MD104", onErrors).isSuccessful()).isTrue();
    assertThat(onErrors).contains("<system-out>warning[MD104, possible]: ");
    assertThat(named("MD104", onWarnings).hasFailure()).isTrue();
    assertThat(named("MD104", onWarnings).getFailureMessage())
        .isEqualTo("the intermediate CA of oslo expires in 6 days");
  }

  @Test
  void says_of_an_effect_what_it_follows_from() throws IOException {
    assertThat(of(Meshes.faulty(), Severity.ERROR))
        .contains("<skipped message=\"follows from MD301\">proxies of oslo are connected to");
  }

  @Test
  void has_a_suite_for_each_mesh() throws IOException {
    var report = of(Meshes.fleet());

    assertThat(report.split("<testsuite name=", -1)).hasSize(6);
    assertThat(report)
        .contains("<error type=\"unreadable\" message=\"meshes/cut.tar.gz ends early\">")
        .contains("<error type=\"failed\" message=\"NullPointerException\">");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0008\u001b[31m",
        "]]><failure/>",
        "\"/><testcase name=\"x",
        "&lt;&amp;&bogus;",
        "\ud800",
        "\uffff",
        "a.b.c"
      })
  void is_well_formed_whatever_a_mesh_calls_itself(String name) throws IOException {
    var suites = read(of(Meshes.hostile(name), Severity.ERROR));

    assertThat(suites).hasSize(1);
    assertThat(suites.get(0).getTestCases()).hasSize(4);
  }

  @Test
  void prints_the_same_bytes_each_time() throws IOException {
    assertThat(of(Meshes.faulty(), Severity.ERROR)).isEqualTo(of(Meshes.faulty(), Severity.ERROR));
  }
}

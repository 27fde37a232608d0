package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleInfo;
import io.meshdoctor.engine.report.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** Lists the rules. */
@Command(
    name = "list",
    header = "List the rules.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n")
final class RulesListCommand implements Callable<Integer> {

  private static final List<String> COLUMNS = List.of("id", "severity", "stage", "title", "source");

  private final Program program;

  @Spec private CommandSpec spec;

  @Mixin private FormOption form;

  @Mixin private RuleOptions ruleOptions;

  RulesListCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    List<List<String>> rows =
        program.rules().apply(RuleChoice.of(ruleOptions.directories())).rules().stream()
            .map(RulesListCommand::row)
            .toList();
    var out = spec.commandLine().getOut();
    switch (form.form()) {
      case TEXT -> table(rows, out);
      case JSON -> JsonText.write(out, json -> array(rows, json));
    }
    out.flush();
    return ExitStatus.PASSED.code();
  }

  private static List<String> row(RuleInfo rule) {
    var header = rule.header();
    return List.of(
        header.id(),
        header.severity().name().toLowerCase(Locale.ROOT),
        header.stage().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        header.title(),
        rule.source());
  }

  private static void table(List<List<String>> rows, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(COLUMNS.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
    lines.addAll(rows);
    for (var line : lines) {
      var text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        text.append(line.get(column));
        int width = width(lines, column);
        text.append(" ".repeat(width - line.get(column).length() + 2));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static void array(List<List<String>> rows, JsonGenerator json) {
    json.writeStartArray();
    for (var row : rows) {
      json.writeStartObject();
      for (int column = 0; column < row.size(); column++) {
        json.writeStringProperty(COLUMNS.get(column), row.get(column));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.RuleBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a run of the program printed and ended with. */
record Run(int status, String out, String err) {

  /** Expensive to make, so made once. */
  static final RuleBase RULES = RuleBase.builtIn();

  /** Runs a command that diagnoses nothing. */
  static Run of(String... arguments) {
    return with(
        (sources, progress, rules, accounting) -> {
          throw new IllegalStateException("This command diagnoses nothing.");
        },
        arguments);
  }

  /** Runs a command that gets this diagnosis of whatever it names. */
  static Run of(Diagnosis diagnosis, String... arguments) {
    return with((sources, progress, rules, accounting) -> diagnosis, arguments);
  }

  static Run with(Diagnoser diagnoser, String... arguments) {
    return of(program("meshdoctor", Terminal.NONE, diagnoser), arguments);
  }

  /** Without environment variables, and with nobody who watches its progress. */
  static Program program(String name, Terminal terminal, Diagnoser diagnoser) {
    return new Program(
        name,
        terminal,
        0,
        Map.of(),
        diagnoser,
        new MeshDiagnoser(MeshSources::read, directories -> RULES),
        ProbeWorld.LIVE,
        directories -> RULES);
  }

  static Run of(Program program, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status = Main.run(program, new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(status, out.toString(), err.toString());
  }
}

package io.meshdoctor.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Where the program starts: wires the commands by hand. */
public final class Main {

  private Main() {}

  /** Runs one command and ends with its exit status. */
  public static void main(String[] arguments) {
    // Reports are UTF-8 wherever they are written.
    var out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = run(program(System.getenv(), err), out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** As the environment and {@code bin/meshdoctor} have set it up. */
  private static Program program(Map<String, String> environment, PrintWriter err) {
    var rules = RuleSource.of(environment, err);
    var doctor = new MeshDiagnoser(MeshSources::read, rules);
    return new Program(
        System.getProperty("meshdoctor.name", "meshdoctor"),
        Terminal.of(Boolean.getBoolean("meshdoctor.terminal"), environment),
        environment.getOrDefault("TERM", "").equals("dumb")
            ? 0
            : Integer.getInteger("meshdoctor.progress", 0),
        environment,
        doctor,
        doctor,
        ProbeWorld.LIVE,
        rules);
  }

  static int run(Program program, PrintWriter out, PrintWriter err, String... arguments) {
    var common = new MeshdoctorCommand();
    try {
      return commandLine(program, common, arguments).setOut(out).setErr(err).execute(arguments);
    } catch (Error broken) {
      new Failures(common).broken(broken, err);
      return ExitStatus.BROKEN.code();
    }
  }

  private static CommandLine commandLine(
      Program program, MeshdoctorCommand common, String... arguments) {
    var root = command(common);
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
    var commands = commands(program, common);
    if (arguments.length > 0 && commands.containsKey(arguments[0])) {
      // Each command costs some milliseconds, and this run needs no other.
      root.addSubcommand(commands.get(arguments[0]).get());
    } else {
      commands.values().forEach(command -> root.addSubcommand(command.get()));
      root.addSubcommand(new GenerateCompletion()).addSubcommand(new HelpCommand());
    }
    var failures = new Failures(common);
    // A completion is of one executable.
    boolean completes = arguments.length > 0 && arguments[0].equals("generate-completion");
    return root.setCommandName(completes ? program.name().replace(' ', '-') : program.name())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setUsageHelpWidth(usageWidth(program.terminal()))
        .setColorScheme(colours(program.terminal().coloured()))
        .setExecutionStrategy(new Colouring(common));
  }

  private static Map<String, Supplier<CommandLine>> commands(
      Program program, MeshdoctorCommand common) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("diagnose", () -> withStatus(new DiagnoseCommand(program, common)));
    commands.put("fleet", () -> withStatus(new FleetCommand(program, common)));
    commands.put("path", () -> command(new PathCommand(program, common)));
    commands.put("next", () -> withStatus(new NextCommand(program, common)));
    commands.put("collect", () -> command(new CollectCommand(program)));
    commands.put("explain", () -> command(new ExplainCommand(program, common)));
    commands.put("probe", () -> command(new ProbeCommand(program.world())));
    commands.put("rules", () -> rules(program, common));
    return commands;
  }

  /** A command that ends as the mesh is. */
  private static CommandLine withStatus(Object annotated) {
    var command = command(annotated);
    command.getCommandSpec().usageMessage().exitCodeList(ExitStatus.list());
    return command;
  }

  private static CommandLine rules(Program program, MeshdoctorCommand common) {
    return command(new RulesCommand())
        .addSubcommand(command(new RulesListCommand(program)))
        .addSubcommand(command(new RulesTestCommand(program, common)))
        .addSubcommand(command(new RulesLintCommand(program)))
        .addSubcommand(command(new RulesNewCommand(program)));
  }

  /** A command that can be asked what it does. */
  private static CommandLine command(Object annotated) {
    var command = new CommandLine(annotated);
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    return command;
  }

  /** Runs the command, without colours where the command line says so. */
  private record Colouring(MeshdoctorCommand common) implements IExecutionStrategy {

    @Override
    public int execute(ParseResult parsed) {
      if (common.uncoloured()) {
        parsed.commandSpec().root().commandLine().setColorScheme(colours(false));
      }
      return new RunLast().execute(parsed);
    }
  }

  private static int usageWidth(Terminal terminal) {
    return Math.max(80, Math.min(terminal.width(), Terminal.DEFAULT_WIDTH));
  }

  private static Help.ColorScheme colours(boolean coloured) {
    return Help.defaultColorScheme(coloured ? Help.Ansi.ON : Help.Ansi.OFF);
  }
}

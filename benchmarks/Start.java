import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cold start to verdict on one recorded mesh, beside an empty JVM {@code main}, in one run; and where
 * the time goes.
 *
 * <p>{@code java benchmarks/Start.java [BUNDLE [RUNS]]}, from the root of the project, after {@code
 * mvn -Dquick package}. The two commands take turns, so that the machine's speed cancels out.
 */
final class Start {

  private static final String EMPTY = "final class Empty { public static void main(String[] a) {} }";

  /** The same steps as {@code diagnose} takes, but one after the other. */
  private static final String STEPS =
      """
      import io.meshdoctor.collector.MeshIntake;
      import io.meshdoctor.engine.Diagnostician;
      import io.meshdoctor.engine.RuleBase;
      import io.meshdoctor.engine.report.JsonReport;
      import java.io.Writer;
      import java.lang.management.ManagementFactory;
      import java.lang.management.ThreadMXBean;
      import java.nio.file.Path;
      import java.util.List;

      final class Steps {
        private static long wall;
        private static long cpu;
        private static ThreadMXBean threads;

        private static void step(String what) {
          long wallNow = System.nanoTime();
          long cpuNow = threads.getCurrentThreadCpuTime();
          if (!what.isEmpty()) {
            System.out.printf("%s;%f;%f%n", what, (wallNow - wall) / 1e6, (cpuNow - cpu) / 1e6);
          }
          wall = System.nanoTime();
          cpu = threads.getCurrentThreadCpuTime();
        }

        public static void main(String[] arguments) throws Exception {
          threads = ManagementFactory.getThreadMXBean();
          step("");
          var rules = RuleBase.builtIn();
          step("rules: models and headers");
          rules.ready();
          step("rules: network");
          var intake = new MeshIntake();
          intake.bundles(List.of(Path.of(arguments[0])));
          var mesh = intake.facts();
          step("bundle: " + mesh.facts().size() + " facts");
          var diagnosis = new Diagnostician(rules).diagnose(mesh.mesh(), mesh.facts());
          step("diagnosis, fixes tried");
          new JsonReport().write(diagnosis, Writer.nullWriter());
          step("report");
        }
      }
      """;

  private Start() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var bundle = arguments.length > 0 ? arguments[0] : "examples/remote-secret-missing.tar.gz";
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var home = Files.createTempDirectory("empty");
    Files.writeString(home.resolve("Empty.java"), EMPTY);
    run(List.of(java + "c", "-d", home.toString(), home.resolve("Empty.java").toString()));

    var empty = List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", home.toString(), "Empty");
    var diagnose = List.of("./meshdoctor", "diagnose", "--bundle", bundle, "-o", "json");
    run(diagnose);
    List<Double> emptyTimes = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      double one = run(empty);
      double other = run(diagnose);
      emptyTimes.add(one);
      times.add(other);
      ratios.add(other / one);
    }
    print("empty main", "ms", emptyTimes);
    print("diagnose", "ms", times);
    print("ratio", "times", ratios);
    steps(java, home, bundle, runs);
  }

  /** Where the time goes; in the program, the rules are made ready while the bundle is read. */
  private static void steps(String java, Path home, String bundle, int runs)
      throws IOException, InterruptedException {
    Files.writeString(home.resolve("Steps.java"), STEPS);
    var dist = Path.of("cli/target/dist");
    var main = only(dist.resolve("lib"), "meshdoctor-cli-*.jar");
    var archive = only(dist, "*.jsa");
    run(List.of(java + "c", "-cp", main + "", "-d", home + "", home.resolve("Steps.java") + ""));
    var command =
        List.of(
            java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xlog:disable",
            "-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-cp", main + ":" + home, "Steps", bundle);
    Map<String, List<double[]>> times = new LinkedHashMap<>();
    for (int i = 0; i < runs; i++) {
      var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      for (var line : new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList()) {
        var parts = line.split(";");
        times
            .computeIfAbsent(parts[0], step -> new ArrayList<>())
            .add(new double[] {Double.parseDouble(parts[1]), Double.parseDouble(parts[2])});
      }
    }
    System.out.println("where the time goes (medians; each step alone, first use of all its code):");
    times.forEach(
        (step, of) ->
            System.out.printf(
                Locale.ROOT, "  %-28s %8.1f ms, %8.1f ms of a processor%n", step, median(of, 0), median(of, 1)));
  }

  private static double median(List<double[]> values, int index) {
    return values.stream().mapToDouble(value -> value[index]).sorted().toArray()[values.size() / 2];
  }

  private static Path only(Path directory, String pattern) throws IOException {
    try (var found = Files.newDirectoryStream(directory, pattern)) {
      return found.iterator().next().toAbsolutePath();
    }
  }

  private static double run(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String what, String unit, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-12s median %8.1f  min %8.1f  max %8.1f  %s%n",
        what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], unit);
  }
}

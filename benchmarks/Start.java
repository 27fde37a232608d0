import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Cold start to verdict on one recorded mesh, beside an empty JVM {@code main}, in one run.
 *
 * <p>{@code java benchmarks/Start.java [BUNDLE [RUNS]]}, from the root of the project, after {@code
 * mvn -Dquick package}. The two commands take turns, so that the machine's speed cancels out.
 */
final class Start {

  private static final String EMPTY = "final class Empty { public static void main(String[] a) {} }";

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

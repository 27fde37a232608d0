import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.RuleInfo;
import io.meshdoctor.engine.UserRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A session over 200 rules and 200,000 facts, beside one over the same facts with 60 rules, in one
 * run.
 *
 * <p>{@code java -Xmx2g -cp 'cli/target/dist/lib/*' benchmarks/Session.java [FACTS [RUNS]]}, from the
 * root of the project, after {@code mvn -Dquick package}. What is timed is {@code
 * Diagnostician.diagnose}, from facts to diagnosis. The two take turns, so that the machine's speed
 * cancels out.
 *
 * <p>The 60 are taken evenly from all that conclude something, by id, so that each family has its
 * share; each of the others is replaced by a rule that asks for nothing, as a user may replace them. All rules that only derive facts stay. The 200
 * are all that are built in and, as many as lack, copies of every so-manieth under an id of their
 * own, compiled as rules of users are.
 */
final class Session {

  private static final int FEW = 60;
  private static final int MANY = 200;
  private static final double BYTES_OF_A_FACT = 690;
  private static final Path CATALOG = Path.of("rules/src/main/resources/io/meshdoctor/rules");
  private static final String HEAD =
      """
      package benchmark.%s;

      import io.meshdoctor.facts.*;
      import io.meshdoctor.rules.Conclude;

      """;
  private static final String NOTHING =
      """
      rule "nothing instead of %1$s"
          @id( %1$s ) @severity( INFO ) @stage( TRUST )
      when
          $nothing : Unread( what == "nothing" )
      then
          insertLogical( Conclude.that( kcontext, "nothing" ).object( $nothing.cluster(), "nothing", "", "" ).finding() );
      end

      """;

  private Session() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int wanted = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    var home = Files.createTempDirectory("session");
    var builtIn = RuleBase.builtIn();
    var few = few(builtIn, home).ready();
    var many = many(builtIn, home).ready();
    var mesh = mesh(home.resolve("bundle"), wanted);
    System.out.printf(
        Locale.ROOT,
        "%d facts; %d of %d built-in rules, and all of them with %d copies%n",
        mesh.facts().size(), FEW, builtIn.rules().size(), many.rules().size() - builtIn.rules().size());

    List<Double> fewTimes = new ArrayList<>();
    List<Double> manyTimes = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    seconds(few, mesh);
    seconds(many, mesh);
    for (int i = 0; i < runs; i++) {
      double one = seconds(few, mesh);
      double other = seconds(many, mesh);
      fewTimes.add(one);
      manyTimes.add(other);
      ratios.add(other / one);
    }
    print(FEW + " rules", "s", fewTimes);
    print(many.rules().size() + " rules", "s", manyTimes);
    print("ratio", "times", ratios);
  }

  private static RuleBase few(RuleBase builtIn, Path home) throws IOException {
    var ids = builtIn.rules().stream().map(RuleInfo::id).toList();
    Set<String> rest = new TreeSet<>(ids);
    for (int i = 0; i < FEW; i++) {
      rest.remove(ids.get(i * ids.size() / FEW));
    }
    return with(
        builtIn, home, "nothing", rest.stream().map(NOTHING::formatted).collect(Collectors.joining()));
  }

  private static RuleBase many(RuleBase builtIn, Path home) throws IOException {
    int lacking = MANY - builtIn.rules().size();
    if (lacking <= 0) {
      return builtIn;
    }
    Set<Path> files = new TreeSet<>();
    try (var all = Files.walk(CATALOG)) {
      all.filter(file -> file.toString().matches(".*/MD\\d{3}-[^/]+/[^/]+\\.drl")).forEach(files::add);
    }
    List<String> rules = new ArrayList<>();
    for (var file : files) {
      var text = Files.readString(file);
      // rules of users import no more than the facts, not even lists, and their conditions only compare
      if (!text.contains("import java.")
          && !text.contains("collectList")
          && !text.replaceFirst("(?s)\nthen\n.*", "").contains("new ")) {
        rules.add(text.substring(text.indexOf("\nrule ") + 1));
      }
    }
    var copies = new StringBuilder();
    for (int i = 0; i < lacking; i++) {
      copies.append(
          rules
              .get(i * rules.size() / lacking)
              .replaceFirst("rule \"", "rule \"copy %d: ".formatted(i))
              .replaceFirst("@id\\( \\w+ \\)", "@id( ZZ%03d )".formatted(i)));
    }
    return with(builtIn, home, "copies", copies.toString());
  }

  private static RuleBase with(RuleBase builtIn, Path home, String name, String rules) throws IOException {
    var directory = Files.createDirectories(home.resolve(name));
    Files.writeString(directory.resolve("rules.drl"), HEAD.formatted(name) + rules);
    var loaded = new UserRules(home.resolve("cache")).load(builtIn, List.of(directory));
    if (!loaded.problems().isEmpty()) {
      throw new IllegalStateException(loaded.problems().toString());
    }
    return loaded.rules();
  }

  private static MeshFacts mesh(Path bundle, int facts) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    long megabytes = Math.round(facts * BYTES_OF_A_FACT / 1e6);
    new ProcessBuilder(java, "benchmarks/LargeBundle.java", bundle.toString(), "" + megabytes, "1")
        .inheritIO()
        .start()
        .waitFor();
    return BundleReader.read(List.of(bundle));
  }

  private static double seconds(RuleBase rules, MeshFacts mesh) {
    long start = System.nanoTime();
    new Diagnostician(rules).diagnose(mesh.mesh(), mesh.facts());
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String what, String unit, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-12s median %8.2f  min %8.2f  max %8.2f  %s%n",
        what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], unit);
  }
}

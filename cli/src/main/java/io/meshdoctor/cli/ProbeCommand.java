package io.meshdoctor.cli;

import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.probe.PlannedProbe;
import io.meshdoctor.collector.probe.ProbeClusters;
import io.meshdoctor.collector.probe.ProbeKind;
import io.meshdoctor.collector.probe.ProbeNamespace;
import io.meshdoctor.collector.probe.ProbeNeed;
import io.meshdoctor.collector.probe.ProbeOptions;
import io.meshdoctor.collector.probe.ProbePlan;
import io.meshdoctor.collector.probe.ProbePlanner;
import io.meshdoctor.collector.probe.ProbeResult;
import io.meshdoctor.collector.probe.ProbeRunner;
import io.meshdoctor.collector.probe.ProbeTarget;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Fact;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs active tests in live clusters. */
@Command(
    name = "probe",
    header = "Test connections between live clusters, from pods that run in them.",
    description = {
      "",
      "Says what it will run, then runs it by exec in pods that exist: requests through the mesh,"
          + " connections from pod to pod past all proxies, to the ports of east-west gateways, and"
          + " to API servers as istiod reaches them. Creates nothing without --create.",
      "",
      "`${ROOT-COMMAND-NAME} diagnose --probe` runs only those that a diagnosis needs, and uses"
          + " their results."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:All probes succeeded.",
      "1:A probe failed.",
      "2:The command line was wrong, or what it names cannot be read or written.",
      "3:The program itself failed.",
      "4:No probe failed, but not all could be run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} probe --context east --context west --dry-run",
      "  ${ROOT-COMMAND-NAME} probe --kind tcp --context east --context west -o results"
    })
final class ProbeCommand implements Callable<Integer> {

  /** Time for all probes of a run, where nothing else is said. */
  static final Duration TIME = Duration.ofMinutes(2);

  private static final Duration READY = Duration.ofSeconds(60);

  private final ProbeWorld world;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      split = ",",
      converter = KindConverter.class,
      completionCandidates = Kinds.class,
      description = "What to test: ${COMPLETION-CANDIDATES}. May be repeated. Default: all.")
  private List<ProbeKind> kinds = new ArrayList<>();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      split = ",",
      description =
          "Contexts of the clusters. Of two, the first is where probes run, the second where they"
              + " go; of more, each is probed from each. Default: all in which Istio runs.")
  private List<String> contexts = new ArrayList<>();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig. Default: what KUBECONFIG names, or else ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description = "Plan with what was recorded of the mesh instead of reading it live.")
  private List<Path> bundles = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "NAMESPACE/POD",
      description = "Pod that runs the probes. Default: one that can.")
  private String client = "";

  @Option(
      names = "--service",
      paramLabel = "HOST:PORT[/PATH]",
      description = "What to ask for through the mesh. Default: a service that clusters share.")
  private String service = "";

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "How often each request is made, at most 100. Default: ${DEFAULT-VALUE}.")
  private int attempts = ProbeOptions.ATTEMPTS;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = ClusterOptions.TimeConverter.class,
      description = "Time for the whole run, such as 45, 30s or 2m. Default: 2m.")
  private Duration time = TIME;

  @Option(
      names = "--read-secrets",
      description = "Read remote secrets, for the addresses of API servers.")
  private boolean secrets;

  @Option(
      names = "--create",
      description =
          "Create a namespace with a pod in each cluster, probe from these, and remove them.")
  private boolean creates;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Image of created pods, with curl, sh and nc. Default: ${DEFAULT-VALUE}.")
  private String image = ProbeNamespace.IMAGE;

  @Option(names = "--yes", description = "Create without asking.")
  private boolean agreed;

  @Option(names = "--dry-run", description = "Only say what would be run.")
  private boolean dry;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Write the results into the directory probes of DIR, which `diagnose --bundle` reads.")
  private @Nullable Path directory;

  ProbeCommand(ProbeWorld world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    check();
    var end = System.nanoTime() + time.toNanos();
    var reading = time.compareTo(LiveOptions.TIMEOUT) < 0 ? time : LiveOptions.TIMEOUT;
    var mesh = world.facts(live(reading), bundles);
    var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    try (var clusters = world.clusters(live(left))) {
      return probe(mesh.facts(), clusters, left);
    }
  }

  private int probe(List<Fact> facts, ProbeClusters clusters, Duration time) {
    var pairs = Pairs.of(facts, contexts);
    if (pairs.clusters().isEmpty()) {
      throw new UsageException("no cluster was read that could be probed");
    }
    if (pairs.needs(kindsOrAll()).isEmpty()) {
      throw new UsageException("a connection needs two clusters; name both with --context");
    }
    var planner = new ProbePlanner(facts, clusters, new ProbeOptions(attempts, client, service));
    return creates
        ? fromOwnPods(planner, pairs, clusters, time)
        : run(plan(planner, pairs), new ProbeRunner(clusters, time));
  }

  /** Creates pods, and removes them however it ends; also when the program is told to end. */
  private int fromOwnPods(
      ProbePlanner planner, Pairs pairs, ProbeClusters clusters, Duration time) {
    var err = spec.commandLine().getErr();
    var runner = new ProbeRunner(clusters, time);
    var ready = time.compareTo(READY) < 0 ? time : READY;
    var own = new ProbeNamespace(clusters, image, ready, err::println);
    own.plan(new LinkedHashSet<>(pairs.clusters().values())).forEach(err::println);
    err.flush();
    if (dry) {
      pairs.needs(kindsOrAll()).forEach(need -> err.println("then run " + need.title()));
      err.flush();
      return ExitStatus.PASSED.code();
    }
    if (!agreed && !isConfirmed()) {
      throw new UsageException("nothing was created; give --yes to create it without being asked");
    }
    var removal =
        new Thread(
            () -> {
              runner.cancel();
              own.close();
            },
            "removal of created namespaces");
    Runtime.getRuntime().addShutdownHook(removal);
    try (own) {
      for (var cluster : pairs.clusters().entrySet()) {
        planner.prefer(cluster.getKey(), own.create(cluster.getValue()));
      }
      return run(plan(planner, pairs), runner);
    } catch (IOException failed) {
      throw new UsageException("the pods could not be created: " + failed.getMessage());
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(removal);
      } catch (IllegalStateException ending) {
        // the hook does the same
      }
    }
  }

  private boolean isConfirmed() {
    var err = spec.commandLine().getErr();
    err.print("Create it? [y/N] ");
    err.flush();
    return world.answer().strip().equalsIgnoreCase("y");
  }

  private ProbePlan plan(ProbePlanner planner, Pairs pairs) {
    var plan = planner.plan(pairs.needs(kindsOrAll()));
    List<PlannedProbe> probes = new ArrayList<>(plan.probes());
    List<String> impossible = new ArrayList<>(plan.impossible());
    if (kindsOrAll().contains(ProbeKind.TCP)) {
      for (var pair : pairs.pairs()) {
        var ofServer = planner.planApiServer(pair.get(0), pair.get(1));
        probes.addAll(ofServer.probes());
        impossible.addAll(ofServer.impossible());
      }
    }
    return new ProbePlan(probes, impossible);
  }

  private int run(ProbePlan plan, ProbeRunner runner) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ProbeText.plan(plan, dry ? out : err);
    if (dry) {
      return ExitStatus.PASSED.code();
    }
    var results = runner.run(plan.probes(), result -> {});
    if (!results.isEmpty()) {
      ProbeText.table(results, out);
    }
    write(results);
    if (results.stream().anyMatch(result -> result.isRun() && result.ok() < result.attempts())) {
      return ExitStatus.FAILED.code();
    }
    boolean isComplete =
        plan.impossible().isEmpty() && results.stream().allMatch(ProbeResult::isRun);
    return (isComplete ? ExitStatus.PASSED : ExitStatus.UNDECIDED).code();
  }

  private void write(List<ProbeResult> results) {
    if (directory != null) {
      try {
        ProbeResult.write(results, directory);
      } catch (IOException failed) {
        throw new UsageException("the results cannot be written to %s".formatted(directory));
      }
    }
  }

  private void check() {
    if (attempts < 1 || attempts > ProbeOptions.MOST_ATTEMPTS) {
      throw wrong("--attempts is from 1 to %d".formatted(ProbeOptions.MOST_ATTEMPTS));
    }
    if (!client.isEmpty() && !client.matches("[a-z0-9-]+/[a-z0-9.-]+")) {
      throw wrong("--from is the namespace and the name of a pod, such as shop/client-0");
    }
    if (!service.isEmpty() && ProbeTarget.service(service).isEmpty()) {
      throw wrong("--service is a host, a port and a path, such as web.shop:80/health");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private LiveOptions live(Duration time) {
    return LiveOptions.defaults()
        .withKubeconfig(kubeconfig)
        .withContexts(contexts)
        .withTimeout(time)
        .withSecrets(secrets);
  }

  private List<ProbeKind> kindsOrAll() {
    return kinds.isEmpty() ? List.of(ProbeKind.values()) : kinds;
  }

  /**
   * What is probed from where.
   *
   * @param clusters contexts by the operator's names of the clusters
   * @param pairs from which cluster to which
   * @param sources clusters that requests by name are made in
   */
  private record Pairs(
      Map<String, String> clusters, List<List<String>> pairs, Set<String> sources) {

    static Pairs of(List<Fact> facts, List<String> contexts) {
      Map<String, String> known = new TreeMap<>();
      facts.stream()
          .filter(Cluster.class::isInstance)
          .map(Cluster.class::cast)
          .forEach(
              one -> known.put(one.name(), one.context().isEmpty() ? one.name() : one.context()));
      List<String> wanted = new ArrayList<>();
      for (var context : contexts) {
        wanted.add(
            known.entrySet().stream()
                .filter(one -> one.getValue().equals(context) || one.getKey().equals(context))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(
                    () -> new UsageException("there is no cluster of the context " + context)));
      }
      if (!wanted.isEmpty()) {
        known.keySet().retainAll(wanted);
      }
      if (wanted.size() == 2) {
        return new Pairs(known, List.of(wanted), Set.of(wanted.get(0)));
      }
      List<List<String>> pairs = new ArrayList<>();
      for (var from : known.keySet()) {
        known.keySet().stream()
            .filter(to -> !to.equals(from))
            .forEach(to -> pairs.add(List.of(from, to)));
      }
      return new Pairs(known, pairs, known.keySet());
    }

    Set<ProbeNeed> needs(List<ProbeKind> kinds) {
      Set<ProbeNeed> needs = new LinkedHashSet<>();
      for (var kind : kinds) {
        if (kind == ProbeKind.MESH_REQUEST) {
          sources.forEach(from -> needs.add(ProbeNeed.of(kind, from, "")));
        } else {
          pairs.forEach(pair -> needs.add(ProbeNeed.of(kind, pair.get(0), pair.get(1))));
        }
      }
      return needs;
    }
  }

  /** Names of the kinds, for usage texts and completion. */
  static final class Kinds implements Iterable<String> {

    static List<String> words() {
      return Arrays.stream(ProbeKind.values()).map(ProbeKind::word).toList();
    }

    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  /** Reads the name of a kind. */
  static final class KindConverter implements ITypeConverter<ProbeKind> {

    @Override
    public ProbeKind convert(String value) {
      return ProbeKind.named(value)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "no kind of probe is called '%s'; there are %s"
                          .formatted(value, String.join(", ", Kinds.words()))));
    }
  }
}

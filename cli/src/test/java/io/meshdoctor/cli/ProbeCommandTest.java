package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.probe.ProbeClient;
import io.meshdoctor.collector.probe.ProbeClusters;
import io.meshdoctor.collector.probe.ProbeOptions;
import io.meshdoctor.collector.probe.ProbePod;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Probe;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProbeCommandTest {

  private static final String COMMAND =
      "kubectl --context=oslo -n shop exec web-0 -c istio-proxy -- curl -sS -g --noproxy '*'"
          + " --connect-timeout 3 -m 5 -w '%{time_connect}' telnet://192.0.2.7:15443";

  @TempDir private Path directory;
  private final FakeWorld world = new FakeWorld();

  @Test
  void says_what_it_runs_and_what_came_of_it() {
    var run = run("--kind=tcp", "--context=oslo", "--context=rome");

    assertThat(run.err())
        .contains("tcp from oslo to 192.0.2.7:15443 (east-west gateway of rome), 3 times\n")
        .contains(COMMAND)
        .contains("cannot run API server of rome as istiod of oslo reaches it: ");
    assertThat(run.out().lines())
        .containsExactly(
            "KIND  FROM             TO                                           OK   RESULT",
            "tcp   oslo shop/web-0  192.0.2.7:15443 (east-west gateway of rome)  3/3  connected");
    assertThat(run.status()).isEqualTo(4);
    assertThat(world.ran).hasSize(3);
  }

  @Test
  void ends_with_1_where_a_probe_failed_and_shows_no_control_characters() {
    world.end = new ProbeClusters.Ran(28, "0.000000", "curl: (28) timed\u001b[31m out");

    var run = run("--kind=tcp", "--context=oslo,rome");

    assertThat(run.out()).contains("0/3  curl: (28) timed?[31m out");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void only_says_what_it_would_run() {
    var run = run("--dry-run", "--context=oslo,rome");

    assertThat(run.out()).contains(COMMAND).contains("cannot run mesh-request from oslo: ");
    assertThat(run.status()).isZero();
    assertThat(world.ran).isEmpty();
  }

  @Test
  void writes_results_that_a_diagnosis_reads() {
    run("--kind=tcp", "--context=oslo,rome", "-o", directory.toString());

    assertThat(BundleReader.read(List.of(directory)).facts())
        .filteredOn(Probe.class::isInstance)
        .singleElement()
        .extracting(probe -> ((Probe) probe).ok())
        .isEqualTo(3);
  }

  @Test
  void creates_nothing_unasked() {
    var run = run("--create", "--context=oslo,rome");
    var dry = run("--create", "--dry-run", "--kind=tcp", "--context=oslo,rome");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .containsPattern("create namespace meshdoctor-probe-\\w+ in oslo, with a pod of curlimages")
        .contains("nothing was created; give --yes to create it without being asked");
    assertThat(dry.status()).isZero();
    assertThat(dry.err()).contains("then run tcp from oslo to rome");
    assertThat(world.changes).isEmpty();
  }

  @Test
  void creates_what_the_user_agrees_to() {
    world.answer = "y";

    run("--create", "--kind=tcp", "--context=oslo,rome");

    assertThat(world.changes).contains("namespace in oslo", "none in oslo");
  }

  @Test
  void removes_what_it_has_created() {
    var run = run("--create", "--yes", "--kind=tcp", "--context=oslo,rome");

    assertThat(run.out()).contains("/probe");
    assertThat(world.changes)
        .containsExactly(
            "namespace in oslo",
            "pod in oslo",
            "namespace in rome",
            "pod in rome",
            "none in oslo",
            "none in rome");
  }

  @Test
  void removes_what_it_has_created_when_it_fails() {
    world.createsPods = false;

    var run = run("--create", "--yes", "--kind=tcp", "--context=oslo,rome");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("the pods could not be created: forbidden (403)");
    assertThat(world.changes).containsExactly("namespace in oslo", "none in oslo");
  }

  @Test
  void says_what_is_wrong_with_its_options() {
    assertThat(run("--kind=ping").err())
        .contains(
            "no kind of probe is called 'ping'; there are mesh-request, pod-connectivity, tcp");
    assertThat(run("--attempts=0").err()).contains("--attempts from 1 to 100");
    assertThat(run("--from=web").err()).contains("--from is the namespace and the name of a pod");
    assertThat(run("--service=$(id):80").err()).contains("--service is a host, a port and a path");
    assertThat(run("--context=milan").err()).contains("there is no cluster of the context milan");
    assertThat(run("--kind=tcp", "--context=oslo").err())
        .contains("a connection needs two clusters; name both with --context");
  }

  @Test
  void a_guided_run_makes_only_probes_that_decide_something() {
    var probes =
        List.of(new WantedProbe("tcp", "oslo", "rome"), new WantedProbe("tcp", "oslo", "rome"));
    var undecided =
        new Undecided("MD518", "title", List.of("a probe"), List.of("meshdoctor probe"), probes);
    var healthy = Diagnoses.healthy();
    var diagnosis =
        new Diagnosis(
            healthy.mesh(),
            healthy.verdict(),
            healthy.clusters(),
            List.of(),
            List.of(),
            List.of(),
            List.of(undecided),
            healthy.coverage());
    var err = new StringWriter();
    var guided = new GuidedProbes(world, ProbeOptions.DEFAULTS, Duration.ofMinutes(1));

    var results = guided.run(diagnosis, world.mesh(), new PrintWriter(err));

    assertThat(results).singleElement().satisfies(result -> assertThat(result.ok()).isEqualTo(3));
    assertThat(err.toString()).contains(COMMAND).contains("3/3  connected");
    assertThat(guided.run(healthy, world.mesh(), new PrintWriter(err))).isEmpty();
  }

  private Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var failures = new Failures(new MeshdoctorCommand());
    int status =
        new CommandLine(new ProbeCommand(world))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures)
            .execute(arguments);
    return new Run(status, out.toString(), err.toString());
  }

  /** Two clusters, with a gateway in one and a pod with a proxy in the other. */
  private static final class FakeWorld implements ProbeWorld, ProbeClusters {

    final List<String> changes = new ArrayList<>();
    final List<List<String>> ran = new ArrayList<>();
    Ran end = new Ran(28, "0.012345", "");
    boolean createsPods = true;
    String answer = "";

    List<Fact> mesh() {
      return List.of(
          cluster("oslo"),
          cluster("rome"),
          new Workload(
              "oslo",
              "shop",
              "web",
              "web-0",
              1,
              1,
              true,
              false,
              "",
              true,
              "",
              "",
              "",
              "",
              false,
              false,
              "",
              Map.of(),
              null,
              null,
              Origin.UNKNOWN),
          new EastWestGateway(
              "rome",
              "istio-system",
              "gateway",
              "LoadBalancer",
              "n2",
              "n2",
              List.of("192.0.2.7"),
              List.of(),
              List.of(15443),
              15443,
              "",
              false,
              Map.of(),
              1,
              Map.of(),
              Origin.UNKNOWN));
    }

    private static Cluster cluster(String name) {
      return new Cluster(
          name, name, Role.PRIMARY, "", "", "", "istio-system", name, "", Origin.UNKNOWN);
    }

    @Override
    public MeshFacts facts(LiveOptions options, List<Path> bundles) {
      return new MeshFacts("mesh", null, mesh());
    }

    @Override
    public String answer() {
      return answer;
    }

    @Override
    public ProbeClusters clusters(LiveOptions options) {
      return this;
    }

    @Override
    public Optional<ProbePod> pod(String context, String namespace, String name) {
      return Optional.of(
          new ProbePod(
              namespace,
              name,
              "10.0.0.1",
              "main",
              "app",
              List.of(8080),
              name.equals("web-0"),
              false,
              false,
              true));
    }

    @Override
    public Ran run(String context, ProbeClient client, List<String> command, Duration most) {
      ran.add(command);
      return end;
    }

    @Override
    public void createNamespace(String context, String namespace) {
      changes.add("namespace in " + context);
    }

    @Override
    public void createPod(
        String context,
        String namespace,
        String name,
        String image,
        int port,
        Duration lifetime,
        List<String> command)
        throws IOException {
      if (!createsPods) {
        throw new IOException("forbidden (403)");
      }
      changes.add("pod in " + context);
    }

    @Override
    public void deleteNamespace(String context, String namespace) {
      changes.add("none in " + context);
    }
  }
}

package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Coverage;
import io.meshdoctor.engine.Diagnosis.RuledOut;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.engine.Page;
import io.meshdoctor.engine.Proof;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.ObjectRef;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Scope;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Stage;
import io.meshdoctor.facts.SymptomKind;
import io.meshdoctor.facts.Unread;
import java.util.List;
import java.util.Optional;

/** Diagnoses of meshes that never were. */
final class Meshes {

  static final Cluster PARIS =
      new Cluster(
          "paris",
          "c-par",
          Role.PRIMARY,
          "net-eu",
          "cluster.local",
          "1.30.1",
          "istio-system",
          "paris-admin",
          "https://10.0.0.1:6443",
          Origin.UNKNOWN);
  static final Cluster OSLO =
      new Cluster(
          "oslo",
          "oslo",
          Role.REMOTE,
          "",
          "cluster.local",
          "",
          "istio-system",
          "oslo-admin",
          "https://10.0.0.2:6443",
          Origin.UNKNOWN);

  private Meshes() {}

  /** Nothing is wrong, and everything was read. */
  static Diagnosis healthy() {
    return new Diagnosis(
        "prod",
        Verdict.HEALTHY,
        List.of(OSLO, PARIS),
        List.of(),
        List.of(),
        List.of(new RuledOut("MD101", "clusters of one mesh trust different roots", roots())),
        List.of(),
        new Coverage(42, 42, 318, List.of()));
  }

  /** One cause with a nested proof, one thing that follows from it, a warning, and a note. */
  static Diagnosis faulty() {
    var secret =
        conclusion(
            finding(
                "MD301",
                "istiod of a cluster has no remote secret for another cluster",
                Severity.ERROR,
                Confidence.CERTAIN,
                "istiod of paris has no remote secret for oslo, so it cannot see services and"
                    + " endpoints there",
                List.of(
                    new ObjectRef("paris", "secret", "istio-system", "istio-remote-secret-oslo")),
                List.of(
                    "istioctl create-remote-secret --context=oslo-admin --name=oslo | kubectl apply"
                        + " -f - --context=paris-admin")),
            List.of(
                new Proof(
                    "paris reads no remote secret for oslo",
                    "",
                    "",
                    List.of(
                        leaf(
                            "Secrets of paris were read completely",
                            "paris: secret istio-system",
                            "kubectl --context=paris-admin -n istio-system get secret -o yaml"),
                        leaf(
                            "paris is cluster c-par, a primary, on net-eu",
                            "paris: pod istio-system/istiod-0 .spec.containers[0].env",
                            "kubectl --context=paris-admin -n istio-system get pod istiod-0 -o yaml"))),
                leaf(
                    "istiod of paris knows only the clusters c-par",
                    "paris: istiod istio-system/istiod-0 /debug/clusterz",
                    "kubectl --context=paris-admin -n istio-system exec istiod-0 -c discovery --"
                        + " pilot-discovery request GET /debug/clusterz")),
            List.of("0000000000000402"),
            List.of(
                "the client web in paris has no endpoint of oslo for api.shop.svc.cluster.local"),
            "give the control plane of each primary a remote secret for every other cluster",
            "https://istio.io/latest/docs/setup/install/multicluster/multi-primary/",
            "0000000000000301");
    var endpoints =
        conclusion(
            finding(
                "MD402",
                "proxies of a remote are served by nobody",
                Severity.ERROR,
                Confidence.LIKELY,
                "proxies of oslo are connected to no istiod",
                List.of(),
                List.of()),
            List.of(),
            List.of(),
            List.of(),
            "",
            "",
            "0000000000000402");
    var roots =
        conclusion(
            finding(
                "MD104",
                "the certificates of a CA are about to expire",
                Severity.WARNING,
                Confidence.POSSIBLE,
                "the intermediate CA of oslo expires in 6 days",
                List.of(new ObjectRef("oslo", "secret", "istio-system", "cacerts")),
                List.of()),
            roots(),
            List.of(),
            List.of(),
            "issue a new intermediate from the same root",
            "",
            "0000000000000104");
    var locality =
        conclusion(
            finding(
                "MD701",
                "locality load balancing keeps requests in the cluster of the client",
                Severity.INFO,
                Confidence.CERTAIN,
                "requests for api.shop.svc.cluster.local stay in paris while pods are ready there",
                List.of(),
                List.of()),
            List.of(
                leaf(
                    "destination rule shop/api ejects outliers",
                    "paris: destinationrule shop/api .spec.trafficPolicy.outlierDetection",
                    "kubectl --context=paris-admin -n shop get destinationrule api -o yaml")),
            List.of(),
            List.of(),
            "leave it, or remove outlierDetection where requests are to be spread",
            "",
            "0000000000000701");
    return new Diagnosis(
        "prod",
        Verdict.FAULTY,
        List.of(OSLO, PARIS),
        List.of(secret, roots, locality),
        List.of(secret, endpoints, roots, locality),
        List.of(new RuledOut("MD101", "clusters of one mesh trust different roots", roots())),
        List.of(
            new Undecided(
                "MD501",
                "a gateway has no address",
                List.of("Service of oslo: forbidden"),
                List.of("kubectl --context=oslo-admin get services -A -o json"))),
        new Coverage(
            42, 41, 318, List.of(new Unread("oslo", "Service", "forbidden", Origin.UNKNOWN))));
  }

  /** Nothing is wrong as far as it was read, something is odd, and much was not read. */
  static Diagnosis undecided() {
    var secrets = List.of("Secret of oslo: forbidden");
    var getSecrets = List.of("kubectl --context=oslo-admin get secrets -A -o json");
    return new Diagnosis(
        "prod",
        Verdict.UNDECIDED,
        List.of(OSLO, PARIS),
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new Undecided(
                "MD901",
                "an observation that nothing explains",
                List.of(
                    "requests from paris were answered by pods of paris only",
                    "perhaps MD301: istiod of a cluster has no remote secret for another cluster"),
                getSecrets),
            new Undecided(
                "MD101", "clusters of one mesh trust different roots", secrets, getSecrets),
            new Undecided(
                "MD301",
                "istiod of a cluster has no remote secret for another cluster",
                secrets,
                getSecrets),
            new Undecided(
                "MD601",
                "the gateway's port is closed",
                List.of("a tcp probe from paris to oslo"),
                List.of("meshdoctor probe --kind=tcp --context=paris-admin --context=oslo-admin"))),
        new Coverage(
            42,
            39,
            17,
            List.of(
                new Unread("oslo", "ConfigMap", "forbidden", Origin.UNKNOWN),
                new Unread("oslo", "Secret", "forbidden", Origin.UNKNOWN),
                new Unread("paris", "clusterz", "no istiod answered", Origin.UNKNOWN))));
  }

  /** Faulty for some causes, and all was read. */
  static Diagnosis with(Conclusion... roots) {
    return new Diagnosis(
        "prod",
        Verdict.FAULTY,
        List.of(OSLO, PARIS),
        List.of(roots),
        List.of(roots),
        List.of(),
        List.of(),
        new Coverage(1, 1, 1, List.of()));
  }

  /** Whatever a mesh can call itself to break a report, and one cause that says so. */
  static Diagnosis hostile(String name) {
    var cause =
        conclusion(
            finding(
                "MD301",
                name,
                Severity.ERROR,
                Confidence.CERTAIN,
                name,
                List.of(new ObjectRef(name, "secret", name, name)),
                List.of("kubectl get " + name)),
            List.of(leaf(name, name, name)),
            List.of(),
            List.of(name),
            "mend it",
            "",
            "0000000000000301");
    return new Diagnosis(
        name,
        Verdict.FAULTY,
        List.of(
            new Cluster(
                name, name, Role.PRIMARY, name, name, name, name, name, name, Origin.UNKNOWN)),
        List.of(cause),
        List.of(cause),
        List.of(new RuledOut("MD101", name, List.of(leaf(name, name, name)))),
        List.of(
            new Undecided("MD501", name, List.of(name), List.of(name)),
            new Undecided("MD901", name, List.of(name, "perhaps " + name), List.of(name))),
        new Coverage(2, 1, 3, List.of(new Unread(name, name, name, Origin.UNKNOWN))));
  }

  /** Three meshes, two of which have the same cause, and two that have no diagnosis. */
  static Fleet fleet() {
    var faulty = faulty();
    return Fleet.of(
        List.of(
            FleetMesh.of("meshes/west.tar.gz", named("west", faulty)),
            FleetMesh.unreadable("meshes/cut.tar.gz", "cut", "meshes/cut.tar.gz ends early"),
            FleetMesh.of("meshes/east.tar.gz", named("east", faulty)),
            FleetMesh.broken("meshes/odd.tar.gz", "odd", "NullPointerException"),
            FleetMesh.of("meshes/north.tar.gz", named("north", healthy()))));
  }

  private static Diagnosis named(String name, Diagnosis diagnosis) {
    return new Diagnosis(
        name,
        diagnosis.verdict(),
        diagnosis.clusters(),
        diagnosis.rootCauses(),
        diagnosis.findings(),
        diagnosis.ruledOut(),
        diagnosis.undecided(),
        diagnosis.coverage());
  }

  static Proof leaf(String fact, String origin, String show) {
    return new Proof(fact, origin, show, List.of());
  }

  private static List<Proof> roots() {
    return List.of(
        leaf(
            "oslo trusts root aa:bb",
            "oslo: configmap istio-system/istio-ca-root-cert",
            "kubectl --context=oslo-admin -n istio-system get configmap istio-ca-root-cert -o yaml"),
        leaf(
            "paris trusts root aa:bb",
            "paris: configmap istio-system/istio-ca-root-cert",
            "kubectl --context=paris-admin -n istio-system get configmap istio-ca-root-cert -o"
                + " yaml"));
  }

  static Finding finding(
      String code,
      String title,
      Severity severity,
      Confidence confidence,
      String message,
      List<ObjectRef> objects,
      List<String> fix) {
    return new Finding(
        code,
        title,
        severity,
        confidence,
        Stage.DISCOVERY,
        message,
        new Scope("paris", "oslo", Scope.ANY, false),
        List.of(SymptomKind.NO_REMOTE_ENDPOINTS),
        false,
        List.of("oslo", "paris"),
        objects,
        fix,
        List.of(),
        severity == Severity.WARNING ? List.of(Moment.EXPIRY) : List.of());
  }

  static Conclusion conclusion(
      Finding finding,
      List<Proof> because,
      List<String> explains,
      List<String> symptoms,
      String fix,
      String doc,
      String fingerprint) {
    var tried =
        finding.fix().isEmpty() ? Optional.<Trial>empty() : Optional.of(new Trial(true, List.of()));
    var page =
        new Page(
            "# %s: %s\n%s%s\n"
                .formatted(
                    finding.code(),
                    finding.title(),
                    fix.isEmpty() ? "" : "\n## Fix\n%s.\n".formatted(fix),
                    doc.isEmpty() ? "" : "\n## See also\n%s\n".formatted(doc)));
    return new Conclusion(finding, because, explains, symptoms, page, tried, fingerprint);
  }
}

package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.drools.model.AlphaIndex;
import org.drools.model.Condition;
import org.drools.model.Index.ConstraintType;
import org.drools.model.Pattern;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;

/**
 * Something that a rule asks to have been read: the constraints of one of its {@code Listed}
 * conditions, with the names of one mesh filled in.
 *
 * @param cluster operator's name of the cluster; empty where the condition does not name it
 * @param kind as in {@link Listed#kind}; empty likewise
 * @param subject as in {@link Listed#subject}; empty where any will do
 */
record Need(String cluster, String kind, String subject) {

  private static final Set<String> PROBES = Set.of("mesh-request", "pod-connectivity", "tcp");
  private static final Set<String> ENVOY_PAGES =
      Set.of(
          Listed.ENVOY_CERTS, Listed.ENVOY_CLUSTERS, Listed.ENVOY_LISTENERS, Listed.ENVOY_CONFIG);

  /**
   * What a condition asks for, in the names of any mesh.
   *
   * @param cluster says the name of a cluster
   * @param kind says a kind
   * @param subject says a subject
   */
  record Question(Wanted cluster, Wanted kind, Wanted subject) {

    static Question of(Condition listed) {
      var pattern = (Pattern<?>) listed;
      var own = AskedPattern.variables(pattern);
      Map<String, Wanted> wanted = new HashMap<>();
      for (var constraint : AskedPattern.singles(pattern.getConstraint())) {
        if (constraint instanceof SingleConstraint single) {
          wanted.put(AskedPattern.compared(single), Wanted.by(single, own));
        }
      }
      return new Question(
          wanted.getOrDefault("cluster", Wanted.ANY),
          wanted.getOrDefault("kind", Wanted.ANY),
          wanted.getOrDefault("subject", Wanted.ANY));
    }

    /** The need of a subject. */
    Need in(Bound bound) {
      return new Need(cluster.of(bound), kind.of(bound), subject.of(bound));
    }
  }

  /** A value that a condition asks for: a literal, or one of something bound before. */
  interface Wanted {

    Wanted ANY = bound -> "";

    /** The value for a subject; empty where the condition asks for none. */
    String of(Bound bound);

    static Wanted by(SingleConstraint single, Set<Variable<?>> own) {
      if (single.getIndex() instanceof AlphaIndex<?, ?> index
          && index.getConstraintType() == ConstraintType.EQUAL) {
        var literal = String.valueOf(index.getRightValue());
        return bound -> literal;
      }
      var join = AskedPattern.join(single, own);
      return join == null ? ANY : bound -> Objects.requireNonNullElse(join.wanted(bound), "");
    }
  }

  /** Whether what was looked at is what it asks for. */
  boolean isMetBy(Listed listed) {
    return listed.cluster().equals(cluster)
        && listed.kind().equals(kind)
        && (subject.isEmpty() || listed.subject().equals(subject));
  }

  /** What is missing, in a few words, with the reason where one is known. */
  String missing(Collection<Unread> unread) {
    var what =
        switch (kind) {
          case "mesh-request", "pod-connectivity", "tcp" ->
              "a %s probe from %s%s"
                  .formatted(kind, cluster, subject.isEmpty() ? "" : " to " + subject);
          default ->
              "%s of %s%s".formatted(kind, cluster, subject.isEmpty() ? "" : " (" + subject + ")");
        };
    return unread.stream()
        .filter(place -> place.cluster().equals(cluster) && place.what().equals(source()))
        .map(Unread::reason)
        .sorted()
        .findFirst()
        .map(reason -> what + ": " + reason)
        .orElse(what);
  }

  /** Whether a page of a proxy would tell. */
  boolean isOfProxy() {
    return ENVOY_PAGES.contains(kind);
  }

  /** What has to be read for it. */
  private String source() {
    return switch (kind) {
      case Listed.SECRET_METADATA, Listed.REMOTE_SECRETS, Listed.CA_SECRETS -> "Secret";
      case Listed.GLOBAL_BACKING -> "Pod";
      default -> kind;
    };
  }

  /** Whether a probe would tell, and nothing else. */
  boolean isProbe() {
    return PROBES.contains(kind);
  }

  /** The probe that would tell. */
  WantedProbe probe() {
    return new WantedProbe(kind, cluster, subject);
  }

  /**
   * How much its command asks of the mesh: least of the API server, most where it sends requests.
   */
  int cost() {
    if (isProbe()) {
      return 3;
    }
    return isOfProxy() ? 2 : Character.isUpperCase(source().charAt(0)) ? 0 : 1;
  }

  /** The command that reads it. */
  String command(Places places) {
    var context = places.context(cluster);
    var kubectl = "kubectl --context=" + context;
    if (ENVOY_PAGES.contains(kind)) {
      var page =
          switch (kind) {
            case Listed.ENVOY_CLUSTERS -> "clusters?format=json";
            case Listed.ENVOY_CERTS -> "certs";
            default -> "config_dump?include_eds";
          };
      var slash = subject.indexOf('/');
      return slash < 0
          ? "%s get pods -A  # then, for a gateway or a client: exec -c istio-proxy -- pilot-agent request GET %s"
              .formatted(kubectl, page)
          : "%s -n %s exec %s -c istio-proxy -- pilot-agent request GET '%s'"
              .formatted(kubectl, subject.substring(0, slash), subject.substring(slash + 1), page);
    }
    return switch (kind) {
      case "clusterz",
          "networkz",
          "endpointShardz",
          "adsz",
          "registryz",
          "mesh",
          "configz",
          "syncz",
          "mcsz" ->
          "%s %s -- pilot-discovery request GET /debug/%s"
              .formatted(kubectl, places.istiod(cluster, subject, "exec"), kind);
      case "discovery log" ->
          "%s %s -c discovery".formatted(kubectl, places.istiod(cluster, subject, "logs"));
      case "mesh-request", "pod-connectivity", "tcp" ->
          "meshdoctor probe --kind=%s --context=%s".formatted(kind, context)
              + places.cluster(subject).map(place -> " --context=" + place.context()).orElse("");
      case Listed.KNOWN_CLUSTERS ->
          "istioctl --context=%s remote-clusters  # then diagnose all of them together"
              .formatted(context);
      case Listed.GLOBAL_BACKING -> "%s get pods,endpointslices -A -o json".formatted(kubectl);
      case Listed.SECRET_METADATA -> "%s get secrets -A --show-labels".formatted(kubectl);
      case Listed.CA_SECRETS ->
          "%s -n %s get secrets cacerts istio-ca-secret -o json"
              .formatted(kubectl, places.systemNamespace(cluster));
      case "ztunnel config" ->
          "istioctl --context=%s ztunnel-config all%s -o json"
              .formatted(context, subject.replaceFirst("^(.*)/(.*)$", " $2.$1"));
      case "Namespace", "Node", "MutatingWebhookConfiguration" ->
          "%s get %s -o json".formatted(kubectl, Plurals.of(kind));
      default -> "%s get %s -A -o json".formatted(kubectl, Plurals.of(source()));
    };
  }
}

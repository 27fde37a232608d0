package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.model.Condition;

/**
 * Something that a rule asks to have been read: the constraints of one of its {@code Listed}
 * conditions, with the names of one mesh filled in.
 *
 * @param cluster operator's name of the cluster; empty where the condition does not name it
 * @param kind as in {@link Listed#kind}; empty likewise
 * @param subject as in {@link Listed#subject}; empty where any will do
 */
record Need(String cluster, String kind, String subject) {

  private static final Pattern CONSTRAINT = Pattern.compile("(\\w+)\\s*==\\s*(.+)");
  private static final Pattern LITERAL = Pattern.compile("\"(.*)\"");
  private static final Pattern PATH = Pattern.compile("(\\$\\w+)((?:\\.\\w+(?:\\(\\))?)*)");
  private static final Set<String> PROBES = Set.of("mesh-request", "pod-connectivity", "tcp");
  private static final Set<String> ENVOY_PAGES =
      Set.of("Envoy certs", "Envoy clusters", "Envoy listeners", "Envoy config");

  /** What a condition asks for, given the values of the variables of the rule. */
  static Need of(Condition listed, Map<String, Object> bindings) {
    var cluster = "";
    var kind = "";
    var subject = "";
    for (var text : LedgerRules.constraints(listed)) {
      var constraint = CONSTRAINT.matcher(text.strip());
      if (constraint.matches()) {
        var value = value(constraint.group(2).strip(), bindings);
        switch (constraint.group(1)) {
          case "cluster" -> cluster = value;
          case "kind" -> kind = value;
          case "subject" -> subject = value;
          default -> {}
        }
      }
    }
    return new Need(cluster, kind, subject);
  }

  private static String value(String expression, Map<String, Object> bindings) {
    var literal = LITERAL.matcher(expression);
    if (literal.matches()) {
      return literal.group(1);
    }
    var path = PATH.matcher(expression);
    if (!path.matches()) {
      return "";
    }
    var value = bindings.get(path.group(1));
    for (var step : path.group(2).split("\\.", -1)) {
      if (!step.isEmpty() && value != null) {
        value = component(value, step.replace("()", ""));
      }
    }
    return value == null ? "" : value.toString();
  }

  private static Object component(Object record, String name) {
    try {
      return record.getClass().getMethod(name).invoke(record);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unknown) {
      throw new IllegalStateException(
          "The condition asks for %s of %s.".formatted(name, record.getClass().getSimpleName()),
          unknown);
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
        .filter(place -> place.cluster().equals(cluster) && place.what().equals(kind))
        .map(Unread::reason)
        .sorted()
        .findFirst()
        .map(reason -> what + ": " + reason)
        .orElse(what);
  }

  /** Whether a probe would tell, and nothing else. */
  boolean isProbe() {
    return PROBES.contains(kind);
  }

  /** The probe that would tell. */
  WantedProbe probe() {
    return new WantedProbe(kind, cluster, subject);
  }

  /** The command that reads it. */
  String command(List<Cluster> clusters) {
    var home = clusters.stream().filter(place -> place.name().equals(cluster)).findFirst();
    var kubectl = "kubectl --context=" + home.map(Cluster::context).orElse(cluster);
    var system =
        home.map(Cluster::systemNamespace).filter(name -> !name.isEmpty()).orElse("istio-system");
    if (ENVOY_PAGES.contains(kind)) {
      var page =
          switch (kind) {
            case "Envoy clusters" -> "clusters?format=json";
            case "Envoy certs" -> "certs";
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
          "%s -n %s exec deploy/istiod -- pilot-discovery request GET /debug/%s"
              .formatted(kubectl, system, kind);
      case "discovery log" -> "%s -n %s logs deploy/istiod -c discovery".formatted(kubectl, system);
      case "mesh-request", "pod-connectivity", "tcp" ->
          "meshdoctor probe --kind=%s --context=%s"
                  .formatted(kind, home.map(Cluster::context).orElse(cluster))
              + clusters.stream()
                  .filter(place -> place.name().equals(subject))
                  .map(place -> " --context=" + place.context())
                  .findFirst()
                  .orElse("");
      case "Namespace", "Node", "MutatingWebhookConfiguration" ->
          "%s get %s -o json".formatted(kubectl, Plurals.of(kind));
      default -> "%s get %s -A -o json".formatted(kubectl, Plurals.of(kind));
    };
  }
}

package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
      Set.of(
          Listed.ENVOY_CERTS, Listed.ENVOY_CLUSTERS, Listed.ENVOY_LISTENERS, Listed.ENVOY_CONFIG);

  /** Subjects are many, and the components that are asked for are few. */
  private static final Map<Component, Method> ACCESSORS = new ConcurrentHashMap<>();

  /**
   * What a condition asks for, in the names of any mesh.
   *
   * @param cluster expression for the name of a cluster
   * @param kind expression for a kind
   * @param subject expression for a subject
   */
  record Question(Expression cluster, Expression kind, Expression subject) {

    static Question of(Condition listed) {
      Map<String, Expression> expressions = new HashMap<>();
      for (var text : Conditions.texts((org.drools.model.Pattern<?>) listed)) {
        var constraint = CONSTRAINT.matcher(text.strip());
        if (constraint.matches()) {
          expressions.put(constraint.group(1), Expression.of(constraint.group(2).strip()));
        }
      }
      return new Question(
          expressions.getOrDefault("cluster", Expression.NONE),
          expressions.getOrDefault("kind", Expression.NONE),
          expressions.getOrDefault("subject", Expression.NONE));
    }

    /** The need of a subject. */
    Need in(Bound bound) {
      return new Need(cluster.value(bound), kind.value(bound), subject.value(bound));
    }
  }

  /**
   * A literal, or a variable and the components that lead from it to the value.
   *
   * @param literal the value, where there is no variable
   * @param variable name with its {@code $}; empty for a literal
   * @param components names of the components
   */
  record Expression(String literal, String variable, List<String> components) {

    static final Expression NONE = new Expression("", "", List.of());

    static Expression of(String text) {
      var literal = LITERAL.matcher(text);
      if (literal.matches()) {
        return new Expression(literal.group(1), "", List.of());
      }
      var path = PATH.matcher(text);
      if (!path.matches()) {
        return NONE;
      }
      var components =
          Stream.of(path.group(2).replace("()", "").split("\\.", -1))
              .filter(step -> !step.isEmpty())
              .toList();
      return new Expression("", path.group(1), components);
    }

    String value(Bound bound) {
      if (variable.isEmpty()) {
        return literal;
      }
      var value = bound.value(variable);
      for (var name : components) {
        if (value != null) {
          value = component(value, name);
        }
      }
      return value == null ? "" : value.toString();
    }
  }

  static Object component(Object record, String name) {
    try {
      return ACCESSORS
          .computeIfAbsent(new Component(record.getClass(), name), Component::accessor)
          .invoke(record);
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      throw new IllegalStateException(
          "The condition asks for %s of %s.".formatted(name, record.getClass().getSimpleName()),
          unknown);
    }
  }

  /** Whether facts of a type have a component of this name, or answer such a question. */
  static boolean isComponent(Class<?> type, String name) {
    return FactTypes.properties(type).contains(name);
  }

  /** A component, or a question that is answered by yes or no. */
  private record Component(Class<?> type, String name) {

    Method accessor() {
      try {
        return type.getMethod(name);
      } catch (NoSuchMethodException question) {
        return isAccessor();
      }
    }

    private Method isAccessor() {
      try {
        return type.getMethod(
            "is" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
      } catch (NoSuchMethodException unknown) {
        throw new IllegalStateException(
            "The condition asks for %s of %s.".formatted(name, type.getSimpleName()), unknown);
      }
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

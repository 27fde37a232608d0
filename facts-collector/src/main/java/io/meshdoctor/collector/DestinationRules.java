package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which DestinationRules of a control plane count for clients of a namespace and a service: one of
 * the clients' namespace, else one of the service's namespace, else one of the root namespace that
 * is exported to them. In each namespace the one with the most specific host counts; those of one
 * host are joined, the oldest first.
 *
 * <p>As {@code destinationRule} of {@code pilot/pkg/model/push_context.go} and {@code
 * mergeDestinationRule} of {@code pilot/pkg/model/destination_rule.go} do, and as "Cross namespace
 * configuration" of Istio's best practices says. Rules with a {@code workloadSelector} are passed
 * over: they are for some clients of a namespace only.
 */
final class DestinationRules {

  /** Any namespace without rules of its own, that no rule names. */
  static final String OTHERS = "*";

  private static final Comparator<DestinationRuleObject> OLDEST_FIRST =
      Comparator.comparing(
              DestinationRuleObject::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(DestinationRuleObject::key);

  /** A rule, and what it says of the host itself where it is about a subset. */
  record Joined(DestinationRuleObject rule, DestinationRuleObject.Policy policy) {

    @Override
    public int hashCode() {
      // that of all of a rule would take long, and tells not more
      return Objects.hash(rule.key(), policy.subset(), policy.port());
    }

    boolean isOf(DestinationRuleObject other, String subset) {
      return rule.key().equals(other.key()) && policy.subset().equals(subset);
    }
  }

  /** Rules of one namespace, by their full host. */
  private static final class Index {

    private final Map<String, List<DestinationRuleObject>> byHost = new HashMap<>();
    private final SortedSet<String> wildcards = new TreeSet<>();

    void add(String host, DestinationRuleObject rule) {
      byHost.computeIfAbsent(host, key -> new ArrayList<>()).add(rule);
      if (host.startsWith("*")) {
        wildcards.add(host);
      }
    }

    List<DestinationRuleObject> of(String host) {
      var own = byHost.get(host);
      return own != null
          ? own
          : Hosts.mostSpecific(wildcards, host)
              .map(pattern -> byHost.getOrDefault(pattern, List.of()))
              .orElse(List.of());
    }
  }

  private static final Index NONE = new Index();

  private final String rootNamespace;
  private final List<String> byDefault;
  private final Map<String, Index> local = new HashMap<>();
  private final Map<String, Index> exported = new HashMap<>();
  private final Index ofRootAlone = new Index();
  private final SortedSet<String> namespaces = new TreeSet<>();

  /**
   * Of one control plane.
   *
   * @param byDefault {@code defaultDestinationRuleExportTo}
   */
  DestinationRules(
      Collection<DestinationRuleObject> rules,
      String rootNamespace,
      List<String> byDefault,
      String domain) {
    this.rootNamespace = rootNamespace;
    this.byDefault = byDefault;
    rules.stream()
        .filter(rule -> !rule.selecting())
        .sorted(OLDEST_FIRST)
        .forEach(
            rule -> {
              var namespace = rule.key().namespace();
              var host = Hosts.full(rule.host(), namespace, domain);
              namespaces.add(namespace);
              namespaces.addAll(Visibility.named(rule.exportTo()));
              if (rule.exportTo().isEmpty() || visibility(rule).isIn(namespace)) {
                local.computeIfAbsent(namespace, name -> new Index()).add(host, rule);
              }
              if (!visibility(rule).isPrivate()) {
                exported.computeIfAbsent(namespace, name -> new Index()).add(host, rule);
              } else if (namespace.equals(rootNamespace)) {
                ofRootAlone.add(host, rule);
              }
            });
  }

  /** Namespaces whose clients may follow other rules than those of {@link #OTHERS}. */
  List<String> namespaces() {
    return List.copyOf(namespaces);
  }

  /**
   * What counts, for a host itself and its subsets.
   *
   * @param clients namespace of the clients
   * @param service namespace of the service
   */
  List<Joined> of(String clients, String service, String host) {
    var own =
        (clients.equals(rootNamespace) ? ofRootAlone : local.getOrDefault(clients, NONE)).of(host);
    if (!own.isEmpty()) {
      return joined(own);
    }
    var ofService = exported(service, clients, host);
    return joined(ofService.isEmpty() ? exported(rootNamespace, clients, host) : ofService);
  }

  private List<DestinationRuleObject> exported(String owner, String clients, String host) {
    return exported.getOrDefault(owner, NONE).of(host).stream()
        .filter(rule -> rule.exportTo().isEmpty() || visibility(rule).isIn(clients))
        .toList();
  }

  /** Of several rules, those that are exported as the first are joined with it. */
  private static List<Joined> joined(List<DestinationRuleObject> rules) {
    List<Joined> joined = new ArrayList<>();
    var alike =
        rules.stream().filter(rule -> rule.exportTo().equals(rules.get(0).exportTo())).toList();
    var main =
        alike.stream()
            .filter(rule -> rule.settings().present())
            .findFirst()
            .or(() -> alike.stream().findFirst());
    main.ifPresent(rule -> rule.policies().forEach(policy -> joined.add(new Joined(rule, policy))));
    var ofHost = main.map(DestinationRuleObject::settings).orElse(null);
    Map<String, DestinationRuleObject> seen = new LinkedHashMap<>();
    for (var rule : alike) {
      for (var subset : rule.subsets()) {
        if (ofHost != null && seen.putIfAbsent(subset.name(), rule) == null) {
          DestinationRuleObject.policies(subset, ofHost)
              .forEach(policy -> joined.add(new Joined(rule, policy)));
        }
      }
    }
    return joined;
  }

  private Visibility visibility(DestinationRuleObject rule) {
    return new Visibility(rule.exportTo(), byDefault, rule.key().namespace());
  }
}

package io.meshdoctor.rules;

import io.meshdoctor.facts.Change;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.ConnectedProxies;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.InjectionWebhook;
import io.meshdoctor.facts.InjectorValues;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.NetworkGateway;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.ObjectRef;
import io.meshdoctor.facts.RemoteClusterError;
import io.meshdoctor.facts.RemoteClusterStatus;
import io.meshdoctor.facts.Scope;
import io.meshdoctor.facts.Selection;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.ShardEndpoints;
import io.meshdoctor.facts.Symptom;
import io.meshdoctor.facts.SymptomKind;
import io.meshdoctor.facts.SystemNamespace;
import io.meshdoctor.facts.Workload;
import io.meshdoctor.facts.Ztunnel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.kie.api.runtime.rule.RuleContext;

/**
 * Concludes a finding from whatever the firing rule matched; the one statement of a rule's {@code
 * then}.
 *
 * <p>Id, severity, stage and the like come from the rule's header ({@link Header}), so that they
 * stand in one place.
 */
public final class Conclude {

  private final Header header;
  private final String message;
  private final List<String> clusters = new ArrayList<>();
  private final List<ObjectRef> objects = new ArrayList<>();
  private final List<String> fix = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private Severity severity;
  private Confidence confidence;
  private String from = Scope.ANY;
  private String to = Scope.ANY;
  private String host = Scope.ANY;
  private boolean bothWays;
  private List<SymptomKind> shows;
  private List<Moment> breaks;

  private Conclude(Header header, String message) {
    this.header = header;
    this.message = message;
    this.severity = header.severity();
    this.confidence = header.confidence();
    this.shows = header.shows();
    this.breaks = header.breaks();
  }

  /**
   * Starts a conclusion.
   *
   * @param firing the rule's {@code kcontext}
   * @param message the fault in the words of this mesh, with {@code %s} for its names: lower case,
   *     no full stop, no cure
   */
  public static Conclude that(RuleContext firing, String message, Object... names) {
    return new Conclude(Header.of(firing.getRule()), message.formatted(names));
  }

  /** Clients of {@code from}, or its control plane, do not reach {@code to}. */
  public Conclude between(String from, String to) {
    this.from = from;
    this.to = to;
    return this;
  }

  /** The two clusters do not reach each other. */
  public Conclude bothWays(String one, String other) {
    this.bothWays = true;
    return between(one, other);
  }

  /** Nobody reaches {@code to} from another cluster. */
  public Conclude towards(String to) {
    return between(Scope.ANY, to);
  }

  /** Clients of {@code from} reach no other cluster. */
  public Conclude outOf(String from) {
    return between(from, Scope.ANY);
  }

  /** It is about a symptom, and about nothing else. */
  public Conclude showing(Symptom symptom) {
    this.shows = List.of(symptom.kind());
    return between(symptom.scope().from(), symptom.scope().to()).host(symptom.scope().host());
  }

  /** It can show as something that the header names, only where that is so. */
  public Conclude showing(SymptomKind kind, boolean so) {
    this.shows = so ? shows : shows.stream().filter(other -> other != kind).toList();
    return this;
  }

  /** It shows as nothing yet, where that is so; else it need not be said when it will. */
  public Conclude latent(boolean yet) {
    this.shows = yet ? List.of() : shows;
    this.breaks = yet ? breaks : List.of();
    return this;
  }

  /** Only this service is concerned. */
  public Conclude host(String host) {
    this.host = host;
    return this;
  }

  /** The object of this fact is at fault, or is to be changed. */
  public Conclude object(Fact fact) {
    return object(ObjectRef.of(fact.origin()));
  }

  /** An object is at fault, or is to be made. */
  public Conclude object(String cluster, String kind, String namespace, String name) {
    return object(new ObjectRef(cluster, kind, namespace, name));
  }

  private Conclude object(ObjectRef object) {
    if (!object.cluster().isEmpty()) {
      objects.add(object);
    }
    return this;
  }

  /** Names one more cluster that the finding is about. */
  public Conclude cluster(String cluster) {
    clusters.add(cluster);
    return this;
  }

  /** A command that mends it, or the next one, with real names filled in. */
  public Conclude fix(String command, Object... names) {
    fix.add(command.formatted(names));
    return this;
  }

  /** The same, where it is needed. */
  public Conclude fix(boolean needed, String command, Object... names) {
    return needed ? fix(command, names) : this;
  }

  /**
   * A command that starts all pods of a cluster that have a proxy anew, for what a proxy was given
   * at its start it keeps.
   */
  public Conclude restarting(Cluster cluster) {
    return fix(
        "for ns in $(kubectl --context=%1$s get pods -A -l service.istio.io/canonical-revision"
            + " -o jsonpath='{.items[*].metadata.namespace}' | tr ' ' '\\n' | sort -u);"
            + " do kubectl --context=%1$s -n $ns rollout restart deployment,statefulset,daemonset; done",
        cluster.context());
  }

  /** The same, where it is needed. */
  public Conclude restarting(Cluster cluster, boolean needed) {
    return needed ? restarting(cluster) : this;
  }

  /**
   * Commands that start those ztunnels anew that are of a cluster, for they keep the certificates
   * of their pods as proxies do, and pods in ambient mode have no others.
   */
  public Conclude restarting(Cluster cluster, Collection<?> ztunnels) {
    ztunnels.stream()
        .map(Ztunnel.class::cast)
        .filter(ztunnel -> ztunnel.cluster().equals(cluster.name()))
        .sorted(Comparator.comparing(Ztunnel::namespace).thenComparing(Ztunnel::name))
        .forEach(
            ztunnel ->
                fix(
                    "kubectl --context=%s -n %s rollout restart daemonset/%s",
                    cluster.context(), ztunnel.namespace(), ztunnel.name()));
    return this;
  }

  /**
   * A command that has proxies take up traffic again which an annotation of their pods leaves out.
   *
   * @param workload name of their Deployment
   * @param setting the annotation, without its prefix
   */
  public Conclude redirecting(Cluster cluster, String namespace, String workload, String setting) {
    return fix(
        "kubectl --context=%s -n %s patch deployment %s --type=merge -p"
            + " '{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"traffic.sidecar.istio.io/%s\":null}}}}}'",
        cluster.context(), namespace, workload, setting);
  }

  /** A command that starts the control plane of a cluster anew. */
  public Conclude restartingIstiod(Cluster cluster) {
    return fix(
        "kubectl --context=%s -n %s rollout restart deployment -l app=istiod",
        cluster.context(), cluster.systemNamespace());
  }

  /** The same, where it is needed. */
  public Conclude restartingIstiod(Cluster cluster, boolean needed) {
    return needed ? restartingIstiod(cluster) : this;
  }

  /**
   * Commands that show where the injection webhook of a cluster is called.
   *
   * @param called {@link InjectionWebhook}s; those of the first by name, and where there is none,
   *     of all Services of istiod's namespace
   */
  public Conclude showing(Cluster cluster, Collection<?> called) {
    var first =
        called.stream()
            .map(InjectionWebhook.class::cast)
            .min(Comparator.comparing(InjectionWebhook::name));
    if (first.isEmpty()) {
      return fix(
          "kubectl --context=%s -n %s get services,endpointslices",
          cluster.context(), cluster.systemNamespace());
    }
    var webhook = first.get();
    return webhook.service().isEmpty()
        ? fix(
            "kubectl --context=%s get mutatingwebhookconfiguration %s"
                + " -o jsonpath='{.webhooks[*].clientConfig.url}'"
                + "  # the API server of %s has to resolve and reach %s",
            cluster.context(), webhook.name(), cluster.name(), webhook.host())
        : fix(
                "kubectl --context=%s -n %s get service %s",
                cluster.context(), webhook.serviceNamespace(), webhook.serviceName())
            .fix(
                "kubectl --context=%s -n %s get endpointslices -l kubernetes.io/service-name=%s",
                cluster.context(), webhook.serviceNamespace(), webhook.serviceName());
  }

  /**
   * A command that gives a cluster a CA. Its istiods take it up when they are started anew.
   *
   * @param directory what has its files, or a placeholder in angle brackets
   */
  public Conclude plugging(Cluster cluster, String directory) {
    return fix(
        "kubectl --context=%2$s -n %3$s create secret generic cacerts"
            + " --from-file=%1$s/ca-cert.pem --from-file=%1$s/ca-key.pem"
            + " --from-file=%1$s/root-cert.pem --from-file=%1$s/cert-chain.pem"
            + " --dry-run=client -o yaml | kubectl --context=%2$s replace --force -f -",
        directory, cluster.context(), cluster.systemNamespace());
  }

  /** The same, where it is needed. */
  public Conclude plugging(Cluster cluster, String directory, boolean needed) {
    return needed ? plugging(cluster, directory) : this;
  }

  /**
   * Commands that give clusters the CAs that were made for them, and start anew all that holds
   * certificates of the CAs before.
   *
   * @param clusters {@link Cluster}s; the CA of each is in a directory by its ID
   * @param ztunnels {@link Ztunnel}s of these and of other clusters
   */
  public Conclude signing(Collection<?> clusters, Collection<?> ztunnels) {
    var signed =
        clusters.stream()
            .map(Cluster.class::cast)
            .sorted(Comparator.comparing(Cluster::name))
            .toList();
    signed.forEach(cluster -> plugging(cluster, cluster.id()));
    signed.forEach(this::restartingIstiod);
    for (var cluster : signed) {
      restarting(cluster);
      restarting(cluster, ztunnels);
    }
    return this;
  }

  /**
   * The fix makes something that was not there.
   *
   * @param type type of the fact that says so
   * @param values names of its components and values in turn; what is left out is empty
   */
  public Conclude adding(Class<? extends Fact> type, Object... values) {
    changes.add(Change.adding(type, values));
    return this;
  }

  /**
   * The fix makes something that was not there, of which a fact tells.
   *
   * @param model what the fact is like
   * @param values names of components in which it differs, and values, in turn
   */
  public Conclude adding(Fact model, Object... values) {
    changes.add(Change.adding(model, values));
    return this;
  }

  /** The fix makes something that was not there, of which these facts tell. */
  public Conclude adding(List<? extends Fact> facts) {
    facts.forEach(fact -> changes.add(Change.adding(fact)));
    return this;
  }

  /** The fix takes away what this fact, one that the finding names, says. */
  public Conclude removing(Fact fact) {
    changes.add(new Change.Removing(Selection.of(fact)));
    return this;
  }

  /**
   * The fix takes away what all such facts say.
   *
   * @param values names of components or properties, and the values that they have, in turn
   */
  public Conclude removing(Class<? extends Fact> type, Object... values) {
    changes.add(new Change.Removing(Selection.of(type, values)));
    return this;
  }

  /** The fix changes what this fact, one that the finding names, says. */
  public Changing changing(Fact fact) {
    return new Changing(Selection.of(fact), Change::replacing);
  }

  /**
   * The fix changes what all such facts say.
   *
   * @param values names of components or properties, and the values that they have, in turn
   */
  public Changing changing(Class<? extends Fact> type, Object... values) {
    return new Changing(Selection.of(type, values), Change::replacing);
  }

  /**
   * The fix makes again, elsewhere, what all such facts tell of.
   *
   * @param values names of components or properties, and the values that they have, in turn
   */
  public Changing copying(Class<? extends Fact> type, Object... values) {
    return new Changing(Selection.of(type, values), Change::copying);
  }

  /**
   * What a page of the cluster's istiods or proxies says once the fix is made is not known, so that
   * nothing is concluded from what it does not say.
   *
   * @param kind as in {@link Listed#kind}; never one that the rule itself looks at
   */
  public Conclude outdating(String cluster, String kind) {
    return removing(Listed.class, "cluster", cluster, "kind", kind);
  }

  /**
   * What a page of any istiod or proxy says once the fix is made is not known.
   *
   * @param kind as in {@link Listed#kind}; never one that the rule itself looks at
   */
  public Conclude outdating(String kind) {
    return removing(Listed.class, "kind", kind);
  }

  /**
   * The fix lets the istiods of one cluster read another one: they report it as synced. Which
   * endpoints and gateways they have then is not known.
   */
  public Conclude reading(Cluster here, Cluster there) {
    return changing(RemoteClusterStatus.class, "cluster", here.name(), "of", there.name())
        .to("status", "synced")
        .removing(RemoteClusterError.class, "cluster", here.name(), "of", there.name())
        .outdating(here.name(), "endpointShardz")
        .outdating(here.name(), "networkz");
  }

  /**
   * The fix puts a cluster on a network of its own: its namespace, its gateway and its pods, which
   * it starts anew, name it.
   *
   * @param network a name that no other cluster has
   */
  public Conclude moving(Cluster cluster, String network) {
    var name = cluster.name();
    return changing(Cluster.class, "name", name)
        .to("network", network)
        .changing(SystemNamespace.class, "cluster", name)
        .to("network", network)
        .changing(NetworkPair.class, "from", name)
        .to("fromNetwork", network, "crossNetwork", true)
        .changing(NetworkPair.class, "to", name)
        .to("toNetwork", network, "crossNetwork", true)
        .changing(Workload.class, "cluster", name, "injected", true)
        .to("networkLabel", network, "network", network)
        .changing(Workload.class, "cluster", name, "gateway", true)
        .to("networkView", network)
        .changing(EastWestGateway.class, "cluster", name)
        .to("network", network, "podNetwork", network)
        .changing(NetworkGateway.class, "of", name)
        .to("network", network)
        .changing(ShardEndpoints.class, "of", name)
        .to("network", network)
        .changing(ConnectedProxies.class, "of", name)
        .to("network", network)
        .changing(InjectorValues.class, "cluster", name)
        .to("network", network)
        .changing(InjectionWebhook.class, "cluster", name)
        .to("pathNetwork", network)
        .outdating("networkz");
  }

  /** A change of which it is not yet said to what. */
  public final class Changing {

    private final Selection facts;
    private final BiFunction<Selection, Object[], Change> change;

    private Changing(Selection facts, BiFunction<Selection, Object[], Change> change) {
      this.facts = facts;
      this.change = change;
    }

    /**
     * What they, or the new ones, say then.
     *
     * @param values names of components and new values in turn; {@code labels[app]} names one entry
     *     of a map, which an empty text takes away
     */
    public Conclude to(Object... values) {
      changes.add(change.apply(facts, values));
      return Conclude.this;
    }
  }

  /** Another severity than that of the header. */
  public Conclude severity(Severity severity) {
    this.severity = severity;
    return this;
  }

  /** Another confidence than that of the header. */
  public Conclude confidence(Confidence confidence) {
    this.confidence = confidence;
    return this;
  }

  /** The finding, to be inserted logically. */
  public Finding finding() {
    var all =
        Stream.of(Stream.of(from, to), clusters.stream(), objects.stream().map(ObjectRef::cluster))
            .flatMap(names -> names)
            .filter(name -> !name.equals(Scope.ANY) && !name.isEmpty())
            .toList();
    return new Finding(
        header.id(),
        header.title(),
        severity,
        confidence,
        header.stage(),
        message,
        new Scope(from, to, host, bothWays),
        shows,
        header.effect(),
        all,
        objects,
        fix,
        changes,
        breaks);
  }
}

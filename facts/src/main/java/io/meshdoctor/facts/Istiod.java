package io.meshdoctor.facts;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod of istiod.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param revision label {@code istio.io/rev}
 * @param clusterId environment variable {@code CLUSTER_ID}
 * @param version tag of its image, without {@code -distroless}
 * @param external environment variable {@code EXTERNAL_ISTIOD} is {@code true}
 * @param env environment of the container {@code discovery}, literal values only, without those
 *     that may be secret by their name
 * @param ready condition {@code Ready}
 * @param waiting {@code state.waiting.reason} of its container, such as {@code CrashLoopBackOff}
 * @param startedAt {@code status.startTime}
 * @param origin where it was seen
 */
public record Istiod(
    String cluster,
    String namespace,
    String pod,
    String revision,
    String clusterId,
    String version,
    boolean external,
    Map<String, String> env,
    boolean ready,
    String waiting,
    @Nullable Instant startedAt,
    Origin origin)
    implements Fact {

  /** What istiod takes for true. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  public Istiod {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    revision = Normal.text(revision);
    clusterId = Normal.text(clusterId);
    version = Normal.text(version);
    env = Normal.sorted(env);
    waiting = Normal.text(waiting);
    origin = Normal.origin(origin);
  }

  /**
   * Name of its Deployment: {@code istiod}, with the revision where that is not the default one.
   */
  public String deployment() {
    return named(revision);
  }

  /** Name of the Deployment, and of the Service, of an istiod of this revision. */
  public static String named(String revision) {
    return revision.isEmpty() || revision.equals("default") ? "istiod" : "istiod-" + revision;
  }

  /** What {@code istioctl install} has to be told of it, with a space before; empty by default. */
  public static String option(String revision) {
    return named(revision).equals("istiod") ? "" : " --revision " + revision;
  }

  /**
   * What {@code sed} has to be told for a sample of Istio's to lead to it, with a space before;
   * empty where its name is the one that is there.
   *
   * @param service name of its Service
   */
  public static String inSample(String service) {
    return service.equals("istiod") ? "" : " -e 's/host: istiod\\b/host: %s/'".formatted(service);
  }

  /**
   * The Deployment of one of these, and its Service, which has the same name.
   *
   * @param istiods facts of this type
   * @param preferred the name that is taken where one has it, or where there is none
   */
  public static String nameOf(Collection<?> istiods, String preferred) {
    var names = istiods.stream().map(Istiod.class::cast).map(Istiod::deployment).sorted().toList();
    return names.isEmpty() || names.contains(preferred) ? preferred : names.get(0);
  }

  /**
   * Whether it uses what a remote secret holds: since 1.29 every change of it, and an older one
   * what it found at its start.
   */
  public boolean isUsing(@Nullable Instant secretMadeAt) {
    var release = VERSION.matcher(version);
    boolean current =
        release.lookingAt()
            && (!release.group(1).equals("1") || Integer.parseInt(release.group(2)) >= 29);
    return current
        || (startedAt != null && secretMadeAt != null && startedAt.isAfter(secretMadeAt));
  }

  /** Whether it tells ambient workloads of other networks: a feature that has to be switched on. */
  public boolean isAmbientAcross() {
    return isOn("PILOT_ENABLE_AMBIENT") && isOn("AMBIENT_ENABLE_MULTI_NETWORK");
  }

  /** Whether it lets ztunnel ask for certificates of others' pods under this account. */
  public boolean isTrusting(String account) {
    return Stream.of(env.getOrDefault("CA_TRUSTED_NODE_ACCOUNTS", "").split(",", -1))
        .anyMatch(account::equals);
  }

  /** The accounts that it trusts, and this one, as its environment takes them. */
  public String trustedWith(String account) {
    var trusted = env.getOrDefault("CA_TRUSTED_NODE_ACCOUNTS", "");
    return trusted.isEmpty() ? account : trusted + "," + account;
  }

  /**
   * In brackets, of pods of which none is ready, which they are and what they wait for.
   *
   * @param istiods facts of this type
   */
  public static String whyNot(Collection<?> istiods) {
    return istiods.stream()
        .map(Istiod.class::cast)
        .map(one -> one.waiting.isEmpty() ? one.pod : one.pod + ": " + one.waiting)
        .sorted()
        .collect(Collectors.collectingAndThen(Collectors.joining("; "), Istiod::inBrackets));
  }

  private static String inBrackets(String pods) {
    return pods.isEmpty() ? " (there is no pod of it)" : " (" + pods + ")";
  }

  private boolean isOn(String variable) {
    return TRUE.contains(env.getOrDefault(variable, ""));
  }

  /**
   * Whether proxies of its mesh accept peers of any trust domain, or may do so: servers do where it
   * is told so, and clients where it reads the trust domain of each cluster, as it does since 1.29.
   */
  public boolean isAcceptingAnyTrustDomain() {
    var release = VERSION.matcher(version);
    boolean old =
        release.lookingAt()
            && release.group(1).equals("1")
            && Integer.parseInt(release.group(2)) < 29;
    return "true".equals(env.get("PILOT_SKIP_VALIDATE_TRUST_DOMAIN")) && !old;
  }

  /** Its {@code namespace/pod}, the subject of what was read of it. */
  public String path() {
    return namespace + "/" + pod;
  }

  @Override
  public String describe() {
    return "istiod %s of %s is %s%s"
        .formatted(
            pod,
            cluster,
            ready ? "ready" : "not ready",
            waiting.isEmpty() ? "" : " (" + waiting + ")");
  }
}

package io.meshdoctor.collector;

import io.meshdoctor.facts.HeldCredentials;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the inputs of one cluster told so far. Several readers may fill it at the same time, if each
 * reads of another pod, and only one of them Kubernetes objects.
 */
final class ClusterState {

  private static final String SECRET = "Secret";

  /** The operator's name of the cluster. */
  final String name;

  /** The kubectl context that leads to it; its name until something says otherwise. */
  String context;

  /** URL of its API server as the operator reaches it; empty where unknown. */
  String server = "";

  final KubernetesState kubernetes = new KubernetesState();
  final ControlPlaneState controlPlane = new ControlPlaneState();
  final ProxyState proxies = new ProxyState();

  /** Whether the names of all Secrets were read, but of no Secret more than that. */
  boolean secretNamesRead;

  /** What belongs to this cluster, and is in another one. */
  private final Map<ObjectKey, ClusterState> elsewhere = new HashMap<>();

  private final Set<HeldCredentials> held = new LinkedHashSet<>();
  private final Set<Listed> listed = new LinkedHashSet<>();
  private final Set<String> claimed = new TreeSet<>();
  private final Set<String> seen = new TreeSet<>();
  private final Set<Unread> unread = new LinkedHashSet<>();

  /**
   * Some file of resources is named after one kind, as those of kinds without objects have to be.
   */
  boolean hasFileForEachKind;

  ClusterState(String name) {
    this.name = name;
    this.context = name;
  }

  /** Notes that something that belongs to this cluster is in another one. */
  void isIn(ClusterState host, ObjectKey key) {
    elsewhere.put(key, host);
  }

  /** The cluster that something of this cluster is in. */
  ClusterState placeOf(ObjectKey key) {
    return elsewhere.getOrDefault(key, this);
  }

  /**
   * Counts what a pod of istiod told, and that all of it was read, among that of another cluster.
   */
  void handOver(ObjectKey istiod, ClusterState to) {
    var subject = istiod.namespace() + "/" + istiod.name();
    controlPlane.handOver(subject, to.controlPlane);
    for (var all : List.copyOf(listed)) {
      if (all.subject().equals(subject)) {
        listed.remove(all);
        to.listed(all.kind(), subject, all.origin());
      }
    }
  }

  /** Notes that everything of a kind was read, of the whole cluster or of one subject. */
  synchronized void listed(String kind, String subject, Origin origin) {
    listed.add(new Listed(name, kind, subject, origin));
  }

  /** Notes that everything of a kind was read of the whole cluster. */
  void listed(String kind) {
    var resource = kind.equals(Listed.SECRET_METADATA) ? SECRET : kind;
    listed(kind, "", Origin.object(name, context, Kinds.object(resource), "", "", ""));
  }

  /** Notes that a kind is said to have been read completely, for {@link #settleClaims}. */
  synchronized void claimListed(String kind) {
    claimed.add(kind);
  }

  /** Takes back that all of some kinds was read: a part of them turned out to be unreadable. */
  synchronized void notListed(Set<String> kinds) {
    claimed.removeAll(kinds);
    listed.removeIf(all -> all.subject().isEmpty() && kinds.contains(all.kind()));
  }

  /** Takes back the same where nothing at all is known of a part of the objects. */
  synchronized void lacksSomeOf(Set<String> kinds) {
    notListed(kinds);
    if (kinds.contains(SECRET)) {
      notListed(Set.of(Listed.SECRET_METADATA));
    }
  }

  /** Takes back what was only said, not seen: a part of the input is missing. */
  synchronized void dropClaims() {
    claimed.clear();
  }

  /** Notes that something of a kind was read, or a file that is named after it. */
  synchronized void sawSomeOf(String kind) {
    seen.add(kind);
    if (kind.equals(SECRET)) {
      seen.add(Listed.SECRET_METADATA);
    }
  }

  /**
   * Takes from a table of Secrets what it proves. A name that istioctl gives to remote secrets is
   * no proof that istiod looks at the Secret, for labels are not in the table; but istiod says
   * which ones it has registered, and under which ID. Where it does not name one of them, nothing
   * is concluded about Secrets.
   */
  void settleSecretNames() {
    if (!secretNamesRead || isListed(SECRET)) {
      return;
    }
    List<String> unknown = new ArrayList<>();
    for (var key : kubernetes.namedSecrets) {
      var path = key.namespace() + "/" + key.name();
      var entries =
          controlPlane.istiods().stream()
              .flatMap(istiod -> istiod.remotes.stream())
              .filter(row -> row.secret().equals(path))
              .map(row -> new RemoteSecretObject.Entry(row.id(), Kubeconfig.UNREAD))
              .distinct()
              .toList();
      if (!entries.isEmpty()) {
        var registered = new RemoteSecretObject(key, "true", "", null, entries);
        kubernetes.remoteSecrets.putIfAbsent(key, registered);
      } else if (!kubernetes.remoteSecrets.containsKey(key)) {
        unknown.add(path);
      }
    }
    var origin = Origin.object(name, context, "secret", "", "", "");
    if (unknown.isEmpty()) {
      listed(SECRET, "", origin);
    } else {
      unread(SECRET, "only the name of %s was read".formatted(String.join(", ", unknown)), origin);
    }
  }

  /**
   * Believes what was said to have been read completely, once all is read. Where kinds come in
   * files of their own, one of which there is neither a file nor an object was read once, and is
   * not here.
   */
  synchronized void settleClaims() {
    Set<String> gone = new TreeSet<>(claimed);
    gone.removeAll(seen);
    if (hasFileForEachKind || seen.isEmpty()) {
      for (var kind : gone) {
        unread(kind, "is said to be listed, and nothing of it is here", Origin.UNKNOWN);
      }
    }
    notListed(unread.stream().map(Unread::what).collect(Collectors.toSet()));
    listed.stream()
        .filter(all -> all.subject().isEmpty())
        .map(Listed::kind)
        .forEach(claimed::remove);
    claimed.forEach(this::listed);
    claimed.clear();
    if (isListed(SECRET)
        && !kubernetes.remoteSecrets.values().stream().allMatch(RemoteSecretObject::isRead)) {
      notListed(Set.of(SECRET));
      listed(Listed.SECRET_METADATA);
      unread(SECRET, "of some no more than their metadata was read", Origin.UNKNOWN);
    }
  }

  /** Notes that something could not be read. */
  synchronized void unread(String what, String reason, Origin origin) {
    unread.add(new Unread(name, what, reason, origin));
  }

  /** Notes that a file holds credentials; none where there are no kinds of them. */
  void holdsCredentials(String path, SortedSet<String> kinds) {
    if (!kinds.isEmpty()) {
      held.add(
          new HeldCredentials(name, path, List.copyOf(kinds), Origin.file(name, context, path)));
    }
  }

  Set<HeldCredentials> held() {
    return held;
  }

  Set<Listed> listed() {
    return listed;
  }

  /** Whether everything of a kind was read of the whole cluster. */
  boolean isListed(String kind) {
    return listed.stream().anyMatch(all -> all.kind().equals(kind) && all.subject().isEmpty());
  }

  Set<Unread> unread() {
    return unread;
  }
}

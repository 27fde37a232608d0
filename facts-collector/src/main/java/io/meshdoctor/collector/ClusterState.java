package io.meshdoctor.collector;

import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the inputs of one cluster told so far. Several readers may fill it at the same time, if each
 * reads of another pod, and only one of them Kubernetes objects.
 */
final class ClusterState {

  /** The operator's name of the cluster. */
  final String name;

  /** The kubectl context that leads to it; its name until something says otherwise. */
  String context;

  /** URL of its API server as the operator reaches it; empty where unknown. */
  String server = "";

  final KubernetesState kubernetes = new KubernetesState();
  final ControlPlaneState controlPlane = new ControlPlaneState();
  final ProxyState proxies = new ProxyState();
  private final Set<Listed> listed = new LinkedHashSet<>();
  private final Set<String> claimed = new TreeSet<>();
  private final Set<Unread> unread = new LinkedHashSet<>();

  ClusterState(String name) {
    this.name = name;
    this.context = name;
  }

  /** Notes that everything of a kind was read, of the whole cluster or of one subject. */
  synchronized void listed(String kind, String subject, Origin origin) {
    listed.add(new Listed(name, kind, subject, origin));
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

  /** Takes back what was only said, not seen: a part of the input is missing. */
  synchronized void dropClaims() {
    claimed.clear();
  }

  /** Believes what was said to have been read completely, once all is read. */
  synchronized void settleClaims() {
    notListed(unread.stream().map(Unread::what).collect(Collectors.toSet()));
    listed.stream()
        .filter(all -> all.subject().isEmpty())
        .map(Listed::kind)
        .forEach(claimed::remove);
    for (var kind : claimed) {
      var resource = kind.toLowerCase(Locale.ROOT);
      listed(kind, "", Origin.object(name, context, resource, "", "", ""));
    }
    claimed.clear();
  }

  /** Notes that something could not be read. */
  synchronized void unread(String what, String reason, Origin origin) {
    unread.add(new Unread(name, what, reason, origin));
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

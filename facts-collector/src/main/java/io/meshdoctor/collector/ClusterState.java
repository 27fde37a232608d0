package io.meshdoctor.collector;

import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the inputs of one cluster told so far. */
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
  private final Set<Unread> unread = new LinkedHashSet<>();

  ClusterState(String name) {
    this.name = name;
    this.context = name;
  }

  /** Notes that everything of a kind was read, of the whole cluster or of one subject. */
  void listed(String kind, String subject, Origin origin) {
    listed.add(new Listed(name, kind, subject, origin));
  }

  /** Notes that something could not be read. */
  void unread(String what, String reason, Origin origin) {
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

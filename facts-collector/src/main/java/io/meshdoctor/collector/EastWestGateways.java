package io.meshdoctor.collector;

import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.KubernetesGateway;
import io.meshdoctor.facts.ServicePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Services that are, or look as if they were meant to be, east-west gateways, and says of
 * each what istiod would take from it.
 *
 * <p>To istiod a gateway is any Service with the network label and the right port, whatever stands
 * behind it. One that lacks either is recognised by what is left: the port, the pods that were told
 * which network to serve, or a Gateway resource that has them pass connections through.
 */
final class EastWestGateways {

  private static final int MTLS = 15443;

  /** Ports on which an east-west gateway exposes istiod. */
  private static final List<Integer> ISTIOD = List.of(15012, 15017);

  private static final List<Integer> WEB = List.of(80, 443);
  private static final int STATUS = 15021;
  private static final String PORT_LABEL = "networking.istio.io/gatewayPort";
  private static final String NODE_SELECTOR = "traffic.istio.io/nodeSelector";

  /** What stands behind a Service: pods, and Deployments that make such pods. */
  private record Behind(List<PodGroup> groups, List<WorkloadTemplate> deployments) {

    Stream<PodTemplate> templates() {
      return Stream.concat(
          groups.stream().map(group -> group.alike.template()),
          deployments.stream().map(WorkloadTemplate::template));
    }

    boolean isGateway() {
      return templates().anyMatch(PodTemplate::gateway);
    }

    boolean isOther() {
      return !isGateway() && templates().findAny().isPresent();
    }

    /** Whether its pods were told to serve one network. */
    boolean isTold() {
      return templates().anyMatch(template -> !template.networkView().isEmpty());
    }

    /** Labels of its gateways, else of the template that makes them. */
    Map<String, String> labels() {
      return Stream.concat(
              groups.stream()
                  .filter(group -> group.alike.template().gateway())
                  .map(group -> group.alike.labels()),
              deployments.stream().map(WorkloadTemplate::labels))
          .findFirst()
          .orElse(Map.of());
    }
  }

  private final ClusterState cluster;
  private final List<GatewayObject> gateways;

  /**
   * Looks at a cluster.
   *
   * @param gateways the Gateway resources that its gateways are configured with
   */
  EastWestGateways(ClusterState cluster, List<GatewayObject> gateways) {
    this.cluster = cluster;
    this.gateways = List.copyOf(gateways);
  }

  List<EastWestGateway> facts() {
    List<EastWestGateway> facts = new ArrayList<>();
    for (var service : cluster.kubernetes.services.values()) {
      var behind = behind(service);
      if (!service.isExternalName() && isCandidate(service, behind)) {
        facts.add(fact(service, behind));
      }
    }
    return facts;
  }

  private Behind behind(ServiceObject service) {
    var namespace = service.key().namespace();
    return new Behind(
        cluster.kubernetes.pods.selected(namespace, service.selector()),
        cluster.kubernetes.templates(namespace, service.selector()));
  }

  private boolean isCandidate(ServiceObject service, Behind behind) {
    boolean listening = service.hasPort(port(service));
    if (service.labels().containsKey(NamespaceObject.NETWORK)) {
      return !behind.isOther() || listening || service.hasPort(KubernetesGateway.HBONE);
    }
    if (behind.isOther()) {
      return false;
    }
    boolean web = WEB.stream().anyMatch(service::hasPort);
    if (listening) {
      // old gateways for users list the port as well, beside those for the web
      return !web
          || service.labels().containsKey(PORT_LABEL)
          || behind.isTold()
          || service.selector().containsKey(NamespaceObject.NETWORK)
          || isPassingThrough(behind);
    }
    return behind.isGateway()
        && (isPassingThrough(behind)
            || (behind.isTold() && !isForWebOnly(service))
            || (!web && ISTIOD.stream().anyMatch(service::hasPort)));
  }

  private static boolean isForWebOnly(ServiceObject service) {
    return service.ports().stream()
        .map(ServicePort::number)
        .allMatch(port -> WEB.contains(port) || port == STATUS);
  }

  /** Whether a Gateway resource that names its pods has them pass connections through by SNI. */
  private boolean isPassingThrough(Behind behind) {
    return gateways.stream()
        .filter(
            gateway ->
                gateway.servers().stream()
                    .anyMatch(server -> server.tlsMode().equals("AUTO_PASSTHROUGH")))
        .anyMatch(gateway -> Fields.selects(gateway.selector(), behind.labels()));
  }

  private static int port(ServiceObject service) {
    try {
      return Integer.parseInt(service.labels().getOrDefault(PORT_LABEL, ""));
    } catch (NumberFormatException e) {
      return MTLS;
    }
  }

  private EastWestGateway fact(ServiceObject service, Behind behind) {
    boolean balanced = service.type().equals("LoadBalancer");
    List<String> addresses = new ArrayList<>();
    if (balanced) {
      addresses.addAll(service.ingressIps());
    }
    addresses.addAll(service.externalIps());
    boolean optedIn = service.annotations().containsKey(NODE_SELECTOR);
    if (service.type().equals("NodePort") && optedIn) {
      addresses.addAll(nodeAddresses(service.annotations().get(NODE_SELECTOR)));
    }
    var labels = behind.labels();
    return new EastWestGateway(
        cluster.name,
        service.key().namespace(),
        service.key().name(),
        service.type(),
        service.labels().getOrDefault(NamespaceObject.NETWORK, ""),
        labels.getOrDefault(NamespaceObject.NETWORK, ""),
        addresses,
        balanced ? service.ingressHosts() : List.of(),
        service.ports().stream().map(ServicePort::number).toList(),
        port(service),
        service.labels().getOrDefault(PORT_LABEL, ""),
        optedIn,
        labels,
        readyPods(service, behind),
        service.annotations(),
        service.key().at(cluster, ".metadata.labels"));
  }

  /** External addresses of the nodes that the annotation selects; of none if it is broken. */
  private List<String> nodeAddresses(@Nullable String selector) {
    try {
      var labels = Fields.map(JsonPull.tree(selector == null ? "{}" : selector));
      return cluster.kubernetes.nodes.values().stream()
          .filter(node -> node.labels().entrySet().containsAll(labels.entrySet()))
          .flatMap(node -> node.externalIps().stream())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private int readyPods(ServiceObject service, Behind behind) {
    var backing = cluster.kubernetes.backing(service.key());
    if (backing != null) {
      return (int) backing.endpoints().stream().filter(Backing.Endpoint::ready).count();
    }
    if (cluster.isListed("EndpointSlice")) {
      return 0;
    }
    return cluster.isListed("Pod")
        ? behind.groups().stream().mapToInt(PodGroup::readyPods).sum()
        : -1;
  }
}

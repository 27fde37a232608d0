package io.meshdoctor.collector;

import io.meshdoctor.facts.HiddenService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds services that clients are kept from though they want them. To hide most services from most
 * clients is what a Sidecar is for; so only those are told that clients asked for, and those of the
 * clients' own namespace.
 */
final class HiddenServices {

  private final MeshState mesh;
  private final Identities identities;
  private final SharedServices services;
  private final Names names;

  /** Those found, by themselves as nobody had asked for them. */
  private final Map<HiddenService, HiddenService> found = new LinkedHashMap<>();

  HiddenServices(MeshState mesh, Identities identities, SharedServices services, Names names) {
    this.mesh = mesh;
    this.identities = identities;
    this.services = services;
    this.names = names;
  }

  List<HiddenService> facts() {
    for (var probe : mesh.probes) {
      var clients = mesh.clusters().get(probe.fromCluster());
      var service = services.key(probe.service(names));
      if (clients != null && service.isPresent()) {
        var pod = clients.kubernetes.pods.named(probe.fromNamespace(), probe.fromPod());
        look(
            clients,
            probe.fromNamespace(),
            pod == null ? Map.of() : pod.group().alike.labels(),
            service.get(),
            true);
      }
    }
    for (var clients : mesh.clusters().values()) {
      clients.kubernetes.pods.groups().stream()
          .filter(group -> group.alike.template().injected())
          .map(group -> group.alike.namespace())
          .distinct()
          .forEach(namespace -> lookAround(clients, namespace));
    }
    return List.copyOf(found.values());
  }

  private void lookAround(ClusterState clients, String namespace) {
    for (var service : clients.kubernetes.services.keySet()) {
      if (service.namespace().equals(namespace)
          && services.key(host(clients, service)).isPresent()) {
        look(clients, namespace, Map.of(), service, false);
      }
    }
  }

  private void look(
      ClusterState clients,
      String namespace,
      Map<String, String> labels,
      ObjectKey service,
      boolean asked) {
    var wish = new Wish(clients, namespace, service, host(clients, service), asked);
    for (var serves : identities.servedBy(clients)) {
      var controlPlane = mesh.cluster(serves.controlPlane());
      new SidecarScopes(controlPlane, identities.rootNamespace(controlPlane))
          .of(namespace, labels)
          .filter(sidecar -> !sidecar.isLettingSee(namespace, service.namespace(), wish.host()))
          .ifPresent(sidecar -> add(wish, controlPlane, controlPlane, sidecar.key()));
      services
          .model(controlPlane, service)
          .filter(model -> !isExported(controlPlane, model, service, namespace))
          .ifPresent(model -> add(wish, controlPlane, model, service));
    }
  }

  private boolean isExported(
      ClusterState controlPlane, ClusterState model, ObjectKey service, String namespace) {
    var own = model.kubernetes.services.get(service);
    var config = identities.meshConfigs(controlPlane).main();
    return own == null
        || ExportTo.isVisible(
            own.annotations(),
            config == null ? List.of() : config.serviceExportTo(),
            service.namespace(),
            namespace);
  }

  /** Notes what hides a service, once; that somebody asked for it goes before that nobody did. */
  private void add(Wish wish, ClusterState controlPlane, ClusterState by, ObjectKey object) {
    var unasked = wish.refused(controlPlane, by, object, false);
    if (wish.asked()) {
      found.put(unasked, wish.refused(controlPlane, by, object, true));
    } else {
      found.putIfAbsent(unasked, unasked);
    }
  }

  private String host(ClusterState cluster, ObjectKey service) {
    return "%s.%s.svc.%s"
        .formatted(service.name(), service.namespace(), identities.domain(cluster));
  }

  /** What clients of one namespace want. */
  private record Wish(
      ClusterState clients, String namespace, ObjectKey service, String host, boolean asked) {

    HiddenService refused(
        ClusterState controlPlane, ClusterState by, ObjectKey object, boolean wasAsked) {
      return new HiddenService(
          controlPlane.name,
          clients.name,
          namespace,
          service.namespace(),
          service.name(),
          host,
          object.kind(),
          by.name,
          object.namespace(),
          object.name(),
          wasAsked,
          object.at(
              by, object.kind().equals("service") ? ".metadata.annotations" : ".spec.egress"));
    }
  }
}

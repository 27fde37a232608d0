package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.InboundExclusion;
import io.meshdoctor.facts.ServicePort;
import io.meshdoctor.facts.UndeclaredPort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says of the ports of a Service what they lead to at its pods, where that is out of the common.
 */
final class TargetPorts {

  private final ClusterState cluster;
  private final ServiceObject service;
  private final String host;

  /** The pods that it selects; gateways, which are nothing but a proxy, are left out. */
  private final List<PodGroup> groups;

  TargetPorts(ClusterState cluster, ServiceObject service, String domain) {
    this.cluster = cluster;
    this.service = service;
    this.host = service.host(domain);
    this.groups =
        cluster.kubernetes.pods.selected(service.key().namespace(), service.selector()).stream()
            .filter(group -> !group.alike.template().gateway())
            .toList();
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (var port : service.ports()) {
      if (port.protocol().equals("TCP") && !groups.isEmpty()) {
        undeclared(port, facts);
        groups.forEach(group -> exclusion(port, group, facts));
      }
    }
    return facts;
  }

  private void undeclared(ServicePort port, List<Fact> facts) {
    var declared = groups.stream().flatMap(this::ports).flatMap(PodPort::titles).toList();
    boolean silent = groups.stream().anyMatch(group -> ports(group).findAny().isEmpty());
    boolean number = isNumber(port.target());
    // containers listen on what they do not declare as well, unless it is asked for by its name
    if (!declared.contains(port.target()) && !(number && silent)) {
      facts.add(
          new UndeclaredPort(
              cluster.name,
              service.key().namespace(),
              service.key().name(),
              host,
              port.number(),
              port.target(),
              declared.stream().distinct().sorted().toList(),
              groups.get(0).alike.workload(),
              service.key().at(cluster, ".spec.ports")));
    }
  }

  private void exclusion(ServicePort port, PodGroup group, List<Fact> facts) {
    int target =
        ports(group)
            .filter(own -> own.titles().anyMatch(port.target()::equals))
            .mapToInt(PodPort::number)
            .findFirst()
            .orElseGet(() -> isNumber(port.target()) ? Integer.parseInt(port.target()) : 0);
    var setting = group.alike.template().redirection().settingOfInbound(target);
    if (target > 0 && !setting.isEmpty()) {
      facts.add(
          new InboundExclusion(
              cluster.name,
              service.key().namespace(),
              service.key().name(),
              host,
              port.number(),
              target,
              group.alike.workload(),
              setting,
              new ObjectKey("pod", service.key().namespace(), group.pod())
                  .at(cluster, ".spec.initContainers")));
    }
  }

  private static boolean isNumber(String target) {
    return target.matches("\\d{1,5}");
  }

  private Stream<PodPort> ports(PodGroup group) {
    return group.alike.template().ports().stream();
  }
}

package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.IstiodState.GatewayRow;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What is known of clusters and pods by the time that the rest of the facts are made. */
interface Names {

  /**
   * Operator's name of the cluster that the control plane of another one means by an ID.
   *
   * @param viewer operator's name of the cluster whose control plane uses the ID
   * @return the name, empty where unknown
   */
  String nameOf(String viewer, String clusterId);

  /** Operator's names of all clusters that have a pod of this address. */
  Collection<String> clustersOfPodIp(String address);

  /** Operator's names of all clusters that have a pod of this name, in whichever namespace. */
  Collection<String> clustersOfPod(String pod);

  /**
   * The pods, in whichever cluster, whose proxies, or those of their nodes, say that they are in
   * the cluster with this ID, or do not show what they say.
   *
   * @return their {@code namespace/name}; none where there may be more of them
   */
  Collection<String> podsClaiming(String clusterId);

  /** Whether a service belongs to Kubernetes or to Istio itself. */
  boolean isSystem(String host);

  /** Whether a pod runs Envoy alone, as a gateway. */
  boolean isGatewayPod(String cluster, String namespace, String pod);

  /** Start of a pod; null where unknown. */
  @Nullable Instant startOfPod(String cluster, String namespace, String pod);

  /**
   * Full host name of the service that a client means by a host.
   *
   * @param cluster operator's name of the client's cluster
   * @param host name as the client uses it, without port: {@code name.namespace}, or longer
   * @return the host name, empty where it can be no service
   */
  String serviceHost(String cluster, String namespace, String host);

  /**
   * Addresses of all endpoints of a service in a cluster, one of each pod.
   *
   * @param cluster operator's name of the cluster
   * @param host full host name of the service
   * @return the addresses; none where EndpointSlices were not read completely
   */
  Collection<String> endpointsOf(String cluster, String host);

  /** Operator's names of all clusters that have a Service of an east-west gateway at this place. */
  Collection<String> clustersOfGateway(Place place);

  /**
   * Operator's name of the cluster that a gateway stands in, of those that an istiod announces. The
   * istiod names another one where a Gateway stands for it: the cluster of the Gateway.
   *
   * @param viewer operator's name of the cluster of the istiod
   * @return the name, empty where unknown
   */
  String nameOf(String viewer, GatewayRow gateway);
}

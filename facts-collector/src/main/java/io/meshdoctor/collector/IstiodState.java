package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.facts.RemoteClusterError;
import io.meshdoctor.facts.ServicePort;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one istiod told. A body that is read again replaces what it told before. */
final class IstiodState {

  final String namespace;
  final String pod;

  /** ID of the cluster that it has its configuration from; empty where unknown. */
  String configClusterId = "";

  List<RemoteRow> remotes = List.of();
  List<GatewayRow> gateways = List.of();
  Shards shards = new Shards();

  /** Whether {@link #shards} came from the obsolete name of their endpoint, or from none. */
  boolean shardsMayBeReplaced = true;

  List<ServiceRow> services = List.of();
  List<ProxyRow> proxies = List.of();
  List<SyncRow> unconfirmed = List.of();

  /** The mesh configuration that it runs with; null where unknown. */
  @Nullable MeshConfig mesh;

  List<LogRow> log = List.of();

  /** Proxies that it does not let in. */
  List<RejectionRow> rejections = List.of();

  /** Certificates that it does not sign for ztunnels. */
  List<ImpersonationRow> impersonations = List.of();

  /** Caches that it waits for. */
  List<SyncLog.Row> unfilled = List.of();

  IstiodState(String namespace, String pod) {
    this.namespace = namespace;
    this.pod = pod;
  }

  /** Its pod. */
  ObjectKey key() {
    return new ObjectKey("pod", namespace, pod);
  }

  /** {@code namespace/name} of its pod. */
  String subject() {
    return namespace + "/" + pod;
  }

  /** A remote cluster in {@code clusterz}. */
  record RemoteRow(String id, String secret, String status) {}

  /** A gateway in {@code networkz}. */
  record GatewayRow(String network, String id, String address, int port, int hbonePort) {

    /** Where it takes connections. */
    List<Place> places() {
      return IntStream.of(port, hbonePort)
          .filter(taken -> taken != 0)
          .mapToObj(taken -> new Place(address, taken))
          .toList();
    }
  }

  /**
   * A service in {@code registryz}.
   *
   * @param clusterIds IDs of the clusters it is seen in
   */
  record ServiceRow(
      String host, List<String> clusterIds, List<ServicePort> ports, String registry) {}

  /**
   * A connected proxy in {@code adsz}.
   *
   * @param gateway it says of itself that it is one
   */
  record ProxyRow(
      String namespace,
      String pod,
      String id,
      String network,
      String networkView,
      String version,
      boolean gateway) {}

  /**
   * Something in {@code syncz} that a proxy has not confirmed.
   *
   * @param proxy its pod
   * @param id cluster ID of the proxy
   * @param rejected it refused it
   */
  record SyncRow(
      ObjectKey proxy, String id, String type, boolean rejected, @Nullable Instant sentAt) {}

  /**
   * Proxies that are not let in.
   *
   * @param id cluster ID that they claim; empty where unknown
   * @param unknown it is an ID that istiod does not know
   * @param expelled address of one whose pod or account is no more, by its token; empty for others
   */
  record RejectionRow(
      String id, boolean unknown, String text, String expelled, @Nullable Instant at) {}

  /**
   * A certificate that a ztunnel does not get for a pod of its node.
   *
   * @param id cluster ID that istiod does not know; empty where that is not why
   */
  record ImpersonationRow(String id, String text, @Nullable Instant at) {}

  /**
   * An error about a remote cluster that nothing later in the log has settled.
   *
   * @param id cluster ID; empty where the line names only a Secret, or only a server
   * @param server host and port of the API server, where the line names nothing else; else empty
   * @param secret Secret as {@code namespace/name}; empty where the line names none
   * @param ofCluster it is about the connection to the cluster, not about its Secret
   * @param afterSync the cluster had been read completely before
   * @param search text that finds the line
   */
  record LogRow(
      String id,
      String server,
      String secret,
      RemoteClusterError.Kind kind,
      boolean ofCluster,
      boolean afterSync,
      String text,
      @Nullable Instant at,
      String search) {

    /** The same, of the cluster that its server is known to belong to. */
    LogRow of(String cluster) {
      return new LogRow(cluster, "", secret, kind, ofCluster, afterSync, text, at, search);
    }
  }
}

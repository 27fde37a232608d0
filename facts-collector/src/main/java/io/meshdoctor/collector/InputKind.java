package io.meshdoctor.collector;

/** The kinds of input that a source may hold; each has one reader. */
public enum InputKind {
  /** What the bundle says of the mesh: {@code mesh.yaml}. */
  MESH,
  /** What the bundle says of a cluster: {@code cluster.yaml}. */
  CLUSTER,
  /** Kubernetes objects as JSON or YAML, in any of kubectl's shapes. */
  RESOURCES,
  /** The same, of some namespaces only. */
  SOME_RESOURCES,
  /** The table of {@code kubectl get secrets}. */
  SECRET_TABLE,
  /** The body of one of istiod's debug endpoints. */
  DEBUG,
  /** The log of istiod. */
  DISCOVERY_LOG,
  /** The logs of all containers of a pod, as {@code kubectl cluster-info dump} writes them. */
  POD_LOG,
  /** Envoy's {@code /clusters?format=json}. */
  ENVOY_CLUSTERS,
  /** Envoy's {@code /clusters} as text. */
  ENVOY_CLUSTERS_TEXT,
  /** The table of {@code istioctl proxy-config endpoint}. */
  ENDPOINT_TABLE,
  /** The same with {@code -o json}. */
  ENDPOINT_JSON,
  /** Envoy's {@code /certs}. */
  ENVOY_CERTS,
  /** Envoy's {@code /config_dump?include_eds}, or ztunnel's {@code /config_dump}. */
  ENVOY_CONFIG_DUMP,
  /** The result of a probe. */
  PROBE
}

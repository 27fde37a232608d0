package io.meshdoctor.facts;

/**
 * The stages of the path from a client to an endpoint of another cluster, in order: each needs the
 * ones before it.
 */
public enum Stage {
  /** Both clusters' proxies chain to roots that the other side accepts. */
  TRUST,
  /** The client's istiod reads the other cluster's API server. */
  DISCOVERY,
  /** The client's proxy is connected to an istiod that knows it. */
  WIRING,
  /** Client, server and gateways carry the right network. */
  NETWORK,
  /** A gateway of the server's network is announced, listens, and has a route for the service. */
  GATEWAY,
  /** The client's proxy has the other cluster's endpoints in the form its network asks for. */
  ENDPOINTS,
  /** Packets, TLS and policies let requests through. */
  DATA_PATH,
  /** The load balancer does send requests there. */
  BALANCING
}

package io.meshdoctor.facts;

/** What can be observed when something is wrong on the path, and at which stage it is observed. */
public enum SymptomKind {
  /** An istiod says of itself that it has not synced a cluster. */
  NOT_SYNCED(Stage.DISCOVERY),
  /** Proxies of a cluster are not served by the control plane that should serve them. */
  NOT_SERVED(Stage.WIRING),
  /** The port through which proxies reach istiod does not accept connections. */
  ISTIOD_UNREACHABLE(Stage.WIRING),
  /** The webhook that injects proxies is not reached. */
  WEBHOOK_UNREACHABLE(Stage.WIRING),
  /** A client has no endpoint of a cluster where the service has ready pods. */
  NO_REMOTE_ENDPOINTS(Stage.ENDPOINTS),
  /** A client was given the address of a pod that is on another network. */
  FOREIGN_POD_ADDRESS(Stage.ENDPOINTS),
  /** A client has other endpoints than the configuration gives it. */
  ENDPOINTS_DIFFER(Stage.ENDPOINTS),
  /** Another port of a gateway does not accept connections. */
  GATEWAY_UNREACHABLE(Stage.DATA_PATH),
  /** Pods of one network cannot connect to each other. */
  PODS_UNREACHABLE(Stage.DATA_PATH),
  /** Every connection of a client to an endpoint failed. */
  CONNECTIONS_FAIL(Stage.DATA_PATH),
  /** Requests of a client time out, are reset or are answered with 5xx. */
  REQUESTS_FAIL(Stage.DATA_PATH),
  /** Requests of a client are refused by a policy. */
  REQUESTS_DENIED(Stage.DATA_PATH),
  /** The client's cluster does not know the name of the service. */
  NAME_UNKNOWN(Stage.DATA_PATH),
  /** Only pods of the client's own cluster answer. */
  LOCAL_ANSWERS_ONLY(Stage.BALANCING);

  private final Stage stage;

  SymptomKind(Stage stage) {
    this.stage = stage;
  }

  /** The stage at which it is observed; its cause is there or before. */
  public Stage stage() {
    return stage;
  }
}

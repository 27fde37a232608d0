package io.meshdoctor.collector.live;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Tells by its metadata whether a Secret is one of Istio's. */
final class IstioSecret {

  private static final String PLUGGED_CA = "cacerts";
  private static final Set<String> AUTHORITIES = Set.of(PLUGGED_CA, "istio-ca-secret");

  private IstioSecret() {}

  static boolean isOne(JsonNode secret) {
    return AUTHORITIES.contains(name(secret)) || isRemote(secret);
  }

  /** Whether rules would have to know what it holds. */
  static boolean isNeeded(JsonNode secret) {
    return name(secret).equals(PLUGGED_CA) || isRemote(secret);
  }

  /** Its path in the API. */
  static String path(JsonNode secret) {
    return "/api/v1/namespaces/%s/secrets/%s"
        .formatted(secret.path("metadata").path("namespace").asString(""), name(secret));
  }

  private static boolean isRemote(JsonNode secret) {
    var metadata = secret.path("metadata");
    return metadata.path("labels").has("istio/multiCluster")
        || metadata.path("annotations").has("networking.istio.io/cluster")
        || name(secret).startsWith("istio-remote-secret-");
  }

  private static String name(JsonNode secret) {
    return secret.path("metadata").path("name").asString("");
  }
}

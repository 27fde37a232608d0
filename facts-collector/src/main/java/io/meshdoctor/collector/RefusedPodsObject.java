package io.meshdoctor.collector;

import io.meshdoctor.facts.RefusedPods;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A Deployment that says of itself that the injection webhook keeps it from making pods. */
record RefusedPodsObject(ObjectKey key, String text) {

  /** Reads a Deployment; null where the webhook keeps it from nothing. */
  static @Nullable RefusedPodsObject of(JsonNode item) {
    for (var condition : Fields.elements(item, "status", "conditions")) {
      var message = Fields.text(condition, "message");
      if (Fields.text(condition, "type").equals("ReplicaFailure")
          && Fields.text(condition, "status").equals("True")
          && message.contains("failed calling webhook")
          && message.contains("sidecar-injector.istio.io")) {
        return new RefusedPodsObject(ObjectKey.of("deployment", item), Redaction.of(message));
      }
    }
    return null;
  }

  private RefusedPods.Reason reason() {
    return switch (ErrorReason.ofConnection(text)) {
      case UNKNOWN_AUTHORITY -> RefusedPods.Reason.CERTIFICATE;
      case UNREACHABLE -> RefusedPods.Reason.UNREACHABLE;
      default -> text.contains("x509:") ? RefusedPods.Reason.CERTIFICATE : RefusedPods.Reason.OTHER;
    };
  }

  RefusedPods fact(ClusterState cluster) {
    return new RefusedPods(
        cluster.name,
        key.namespace(),
        key.name(),
        reason(),
        text,
        key.at(cluster, ".status.conditions"));
  }
}

package io.meshdoctor.collector;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Deployment of istiod or of a gateway: what its pods are meant to be, where there is none now.
 *
 * @param labels labels of its template
 */
record WorkloadTemplate(ObjectKey key, Map<String, String> labels, PodTemplate template) {

  WorkloadTemplate {
    labels = Map.copyOf(labels);
  }

  static WorkloadTemplate of(JsonNode item) {
    var pod = Fields.at(item, "spec", "template");
    var labels = Fields.labels(pod);
    return new WorkloadTemplate(
        ObjectKey.of("deployment", item), labels, PodTemplate.of(pod.path("spec"), labels));
  }

  boolean isOfIstio() {
    return template.istiod() || template.gateway();
  }
}

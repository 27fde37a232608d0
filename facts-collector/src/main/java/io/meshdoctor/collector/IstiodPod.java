package io.meshdoctor.collector;

import io.meshdoctor.facts.Istiod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pod of istiod. */
record IstiodPod(
    ObjectKey key,
    String revision,
    PodTemplate template,
    boolean ready,
    String waiting,
    @Nullable Instant startedAt) {

  String clusterId() {
    return template.env().getOrDefault("CLUSTER_ID", "");
  }

  Istiod fact(ClusterState cluster) {
    return new Istiod(
        cluster.name,
        key.namespace(),
        key.name(),
        revision,
        clusterId(),
        template.version(),
        "true".equals(template.env().get("EXTERNAL_ISTIOD")),
        template.env(),
        ready,
        waiting,
        startedAt,
        key.at(cluster, ".spec.containers"));
  }
}

package io.meshdoctor.collector;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that gives, or was meant to give, access to clusters.
 *
 * @param label value of the label {@code istio/multiCluster}
 * @param annotation value of the annotation {@code networking.istio.io/cluster}
 * @param entries one for each key in its data; one with an empty key where the data was not read
 */
record RemoteSecretObject(
    ObjectKey key,
    String label,
    String annotation,
    @Nullable Instant createdAt,
    List<Entry> entries) {

  /** One key of its data. */
  record Entry(String id, Kubeconfig kubeconfig) {}

  RemoteSecretObject {
    entries = List.copyOf(entries);
  }

  boolean isRead() {
    return entries.stream().noneMatch(entry -> entry.id().isEmpty());
  }
}

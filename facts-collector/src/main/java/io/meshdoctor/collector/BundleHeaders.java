package io.meshdoctor.collector;

import io.meshdoctor.collector.BundleWriter.Gap;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a bundle says of its mesh and of each cluster, in {@code mesh.yaml} and {@code
 * cluster.yaml}.
 */
record BundleHeaders(BundleRedactor redactor) {

  ObjectNode mesh(
      String name, String systemNamespace, @Nullable Instant collectedAt, Collection<Gap> gaps) {
    var mesh = JsonNodeFactory.instance.objectNode();
    if (!name.isEmpty()) {
      mesh.put("name", redactor.text(name));
    }
    mesh.put("systemNamespace", systemNamespace);
    if (collectedAt != null) {
      mesh.put("collectedAt", collectedAt.toString());
    }
    if (!gaps.isEmpty()) {
      unread(gaps, mesh);
    }
    return mesh;
  }

  ObjectNode cluster(
      String context, String server, SortedSet<String> listed, Collection<Gap> gaps) {
    var cluster = JsonNodeFactory.instance.objectNode();
    if (!context.isEmpty()) {
      cluster.put("context", redactor.text(context));
    }
    if (!server.isEmpty()) {
      cluster.put("server", redactor.text(server));
    }
    var kinds = cluster.putArray("listed");
    listed.stream().map(Kinds::resource).forEach(kinds::add);
    unread(gaps, cluster);
    return cluster;
  }

  private void unread(Collection<Gap> gaps, ObjectNode header) {
    var unread = header.putArray("unread");
    for (var gap : gaps) {
      unread
          .addObject()
          .put("source", redactor.text(gap.what()))
          .put("reason", redactor.text(gap.reason()));
    }
  }
}

package io.meshdoctor.facts;

import java.util.Map;

/**
 * A namespace.
 *
 * @param cluster operator's name of the cluster
 * @param name its name
 * @param labels its labels
 * @param annotations its annotations
 * @param origin where it was seen
 */
public record NamespaceLabels(
    String cluster,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    Origin origin)
    implements Fact {

  public NamespaceLabels {
    cluster = Normal.text(cluster);
    name = Normal.text(name);
    labels = Normal.sorted(labels);
    annotations = Normal.sorted(annotations);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "namespace %s is in %s".formatted(name, cluster);
  }
}

package io.meshdoctor.facts;

import java.util.Map;

/**
 * A namespace that the discovery selectors of a control plane leave out.
 *
 * @param controlPlane cluster of the istiod whose selectors are meant
 * @param cluster operator's name of the cluster
 * @param namespace name of the namespace
 * @param labels its labels
 * @param wanted labels that the first of the selectors asks for, as {@code key=value}, separated by
 *     blanks; empty where it asks for none by value
 * @param origin where it was seen
 */
public record HiddenNamespace(
    String controlPlane,
    String cluster,
    String namespace,
    Map<String, String> labels,
    String wanted,
    Origin origin)
    implements Fact {

  public HiddenNamespace {
    controlPlane = Normal.text(controlPlane);
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    labels = Normal.sorted(labels);
    wanted = Normal.text(wanted);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "discovery selectors of %s do not match namespace %s of %s"
        .formatted(controlPlane, namespace, cluster);
  }
}

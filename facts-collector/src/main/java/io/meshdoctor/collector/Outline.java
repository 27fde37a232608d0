package io.meshdoctor.collector;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a value are built as a tree. What no rule reads takes a third of an object: {@code
 * metadata.managedFields} and kubectl's copy of the object in an annotation. Of Pods, which are the
 * most, only what facts are made of is left.
 */
@FunctionalInterface
interface Outline {

  /** All but what no rule could ever read. */
  Outline WHOLE = Outline::ofObject;

  /** What a Pod tells of Istio. */
  Outline POD = pod();

  /**
   * What is built of a property of an object, or of a property of each object of an array.
   *
   * @return null for nothing
   */
  @Nullable Outline part(String name);

  /** What facts are made of in objects of a kind. */
  static Outline of(String apiVersion, String kind) {
    return apiVersion.equals("v1") && kind.equals("Pod") ? POD : WHOLE;
  }

  private static Outline only(Map<String, Outline> parts) {
    return parts::get;
  }

  private static Outline only(String... names) {
    return only(all(names));
  }

  private static Map<String, Outline> all(String... names) {
    Map<String, Outline> parts = new HashMap<>();
    for (var name : names) {
      parts.put(name, WHOLE);
    }
    return parts;
  }

  private static @Nullable Outline ofObject(String name) {
    return switch (name) {
      case "kubectl.kubernetes.io/last-applied-configuration" -> null;
      case "metadata" -> Outline::ofMetadata;
      default -> WHOLE;
    };
  }

  private static @Nullable Outline ofMetadata(String name) {
    return name.equals("managedFields") ? null : ofObject(name);
  }

  private static Outline pod() {
    var metadata = all("name", "namespace", "labels", "deletionTimestamp");
    metadata.put("annotations", only(Pods.INJECT, Pods.REDIRECTION));
    metadata.put("ownerReferences", only("kind", "name", "controller"));
    var variable = all("name", "value");
    // that there is one is all that matters
    variable.put("valueFrom", only());
    var container = all("name", "image", "args", "restartPolicy");
    container.put("ports", only("name", "containerPort"));
    container.put("env", only(variable));
    var spec = all("hostNetwork", "serviceAccountName");
    spec.put("containers", only(container));
    spec.put("initContainers", only(container));
    var status = all("phase", "podIP", "startTime");
    status.put("conditions", only("type", "status"));
    status.put("containerStatuses", only("name", "state"));
    var pod = all("apiVersion", "kind");
    pod.put("metadata", only(metadata));
    pod.put("spec", only(spec));
    pod.put("status", only(status));
    return only(pod);
  }
}

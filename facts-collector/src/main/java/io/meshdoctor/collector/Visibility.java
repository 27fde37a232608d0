package io.meshdoctor.collector;

import java.util.List;

/**
 * Which namespaces see an object with {@code exportTo}: those that it names, else those that a
 * default of the mesh configuration names, else all.
 *
 * <p>{@code .} is the own namespace, {@code *} is every one, {@code ~} is none, as the reference of
 * VirtualService and DestinationRule says and {@code pkg/config/visibility} of Istio has it.
 */
final class Visibility {

  private static final String EVERY = "*";
  private static final String OWN = ".";

  private final List<String> names;
  private final String namespace;

  /**
   * Of one object.
   *
   * @param namespace its namespace
   */
  Visibility(List<String> exportTo, List<String> byDefault, String namespace) {
    this.names = exportTo.isEmpty() ? byDefault : exportTo;
    this.namespace = namespace;
  }

  /** The namespaces that it names, of all that may stand in {@code exportTo}. */
  static List<String> named(List<String> exportTo) {
    return exportTo.stream().filter(name -> name.matches("[a-z0-9].*")).toList();
  }

  boolean isEverywhere() {
    return names.isEmpty() || names.contains(EVERY);
  }

  boolean isIn(String clients) {
    return isEverywhere() || names.contains(clients) || (isOwn() && namespace.equals(clients));
  }

  /** Whether the own namespace is all that sees it. */
  boolean isPrivate() {
    return !isEverywhere()
        && names.stream().allMatch(name -> name.equals(OWN) || name.equals(namespace));
  }

  private boolean isOwn() {
    return names.contains(OWN);
  }
}

package io.meshdoctor.collector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which namespaces see a Service: those that its annotation {@code networking.istio.io/exportTo}
 * names, else those that {@code defaultServiceExportTo} of the mesh configuration names, else all.
 *
 * <p>{@code .} is the own namespace, {@code *} is every one, {@code ~} is none, as the reference of
 * that annotation says and {@code pkg/config/visibility} of Istio has it.
 */
final class ExportTo {

  private static final String ANNOTATION = "networking.istio.io/exportTo";

  private ExportTo() {}

  static boolean isVisible(
      Map<String, String> annotations, List<String> byDefault, String namespace, String clients) {
    var own =
        Arrays.stream(annotations.getOrDefault(ANNOTATION, "").split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    var names = own.isEmpty() ? byDefault : own;
    return names.isEmpty()
        || names.contains("*")
        || names.contains(clients)
        || (names.contains(".") && namespace.equals(clients));
  }
}

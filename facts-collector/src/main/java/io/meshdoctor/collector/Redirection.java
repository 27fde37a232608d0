package io.meshdoctor.collector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Which traffic of a pod goes through its proxy, from the arguments of the container that makes the
 * rules for it, or checks those that a CNI plugin has made. They have the settings of the pod's
 * annotations and of the mesh together.
 *
 * @param includedRanges {@code includeOutboundIPRanges}; {@code *} for all
 * @param includedInbound {@code includeInboundPorts}; {@code *} for all
 */
record Redirection(
    List<String> includedRanges,
    List<String> excludedRanges,
    List<String> includedOutbound,
    List<String> excludedOutbound,
    List<String> includedInbound,
    List<String> excludedInbound) {

  private static final Set<String> CONTAINERS = Set.of("istio-init", "istio-validation");
  private static final List<String> ALL = List.of("*");

  /** All of it. */
  static final Redirection WHOLE =
      new Redirection(ALL, List.of(), List.of(), List.of(), ALL, List.of());

  /** What the {@code spec} of a pod tells; {@link #WHOLE} where it tells nothing. */
  static Redirection of(JsonNode spec) {
    for (var container : spec.path("initContainers")) {
      if (CONTAINERS.contains(Fields.text(container, "name"))) {
        return of(args(container));
      }
    }
    return WHOLE;
  }

  private static Redirection of(List<String> args) {
    return new Redirection(
        list(args, "-i").orElse(ALL),
        list(args, "-x").orElse(List.of()),
        list(args, "-q").orElse(List.of()),
        list(args, "-o").orElse(List.of()),
        list(args, "-b").orElse(ALL),
        list(args, "-d").orElse(List.of()));
  }

  /** All of them, the empty ones too. */
  private static List<String> args(JsonNode container) {
    return Fields.elements(container, "args").stream().map(arg -> arg.asString("")).toList();
  }

  private static Optional<List<String>> list(List<String> args, String flag) {
    int at = args.indexOf(flag);
    return at < 0 || at + 1 >= args.size()
        ? Optional.empty()
        : Optional.of(
            Stream.of(args.get(at + 1).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
  }

  /** Whether some requests of the pod may go round its proxy. */
  boolean isLeavingOutRequests() {
    return !includedRanges.equals(ALL) || !excludedRanges.isEmpty() || !excludedOutbound.isEmpty();
  }

  /** The setting by which connections to a port of the pod go round its proxy; empty for none. */
  String settingOfInbound(int port) {
    var number = String.valueOf(port);
    if (includedInbound.equals(ALL)) {
      return excludedInbound.contains(number) ? "excludeInboundPorts" : "";
    }
    return includedInbound.contains(number) ? "" : "includeInboundPorts";
  }
}

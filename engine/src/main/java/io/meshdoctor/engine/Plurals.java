package io.meshdoctor.engine;

import java.util.Locale;

/** Names of kinds as kubectl takes them. */
final class Plurals {

  private Plurals() {}

  /** Such as {@code networkpolicies} for {@code NetworkPolicy}. */
  static String of(String kind) {
    var name = kind.toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "Gateway", "Sidecar" -> name + "s.networking.istio.io";
      case "KubernetesGateway" -> "gateways.gateway.networking.k8s.io";
      case "ServiceExport", "ServiceImport" -> name + "s.multicluster.x-k8s.io";
      default ->
          name.endsWith("y")
              ? name.substring(0, name.length() - 1) + "ies"
              : name.endsWith("s") ? name : name + "s";
    };
  }
}

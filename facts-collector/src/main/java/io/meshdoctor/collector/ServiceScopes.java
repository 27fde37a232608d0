package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Which services a mesh configuration has ambient workloads reach across networks: {@code
 * serviceScopeConfigs} of the scope {@code GLOBAL}.
 *
 * <p>As {@code pilot/pkg/serviceregistry/ambient/services.go} of istiod does: without any, no
 * service is global. Selectors that are left out, or are empty, mean everything.
 */
record ServiceScopes(List<Scope> scopes) {

  /** What the profile for ambient mode sets; taken for granted where no configuration was read. */
  static final ServiceScopes USUAL =
      new ServiceScopes(
          List.of(
              new Scope(
                  new LabelSelector(Map.of(), List.of()),
                  new LabelSelector(Map.of("istio.io/global", "true"), List.of()))));

  /** Selectors of one entry, both of which must match. */
  record Scope(LabelSelector namespaces, LabelSelector services) {

    boolean isOf(Map<String, String> namespace, Map<String, String> service) {
      return namespaces.isValid()
          && services.isValid()
          && namespaces.matches(namespace)
          && services.matches(service);
    }
  }

  ServiceScopes {
    scopes = List.copyOf(scopes);
  }

  static ServiceScopes of(JsonNode config) {
    List<Scope> global = new ArrayList<>();
    for (var scope : Fields.elements(config, "serviceScopeConfigs")) {
      if (Fields.text(scope, "scope").equals("GLOBAL")) {
        global.add(
            new Scope(
                LabelSelector.of(scope.path("namespaceSelector")),
                LabelSelector.of(scope.path("servicesSelector"))));
      }
    }
    return new ServiceScopes(global);
  }

  /** Whether a service with such labels, in a namespace with such labels, is global. */
  boolean isGlobal(Map<String, String> namespace, Map<String, String> service) {
    return scopes.stream().anyMatch(scope -> scope.isOf(namespace, service));
  }
}

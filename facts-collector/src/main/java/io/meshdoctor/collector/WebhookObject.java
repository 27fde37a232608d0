package io.meshdoctor.collector;

import io.meshdoctor.facts.InjectionWebhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A configuration of injection webhooks that is switched on.
 *
 * @param service namespace and name of the Service that it asks
 */
record WebhookObject(
    ObjectKey key, String revision, String path, String url, String service, String caFingerprint) {

  private static final String SUFFIX = "sidecar-injector.istio.io";
  private static final String VARIABLE = ":ENV:";

  /** Reads a MutatingWebhookConfiguration; null where it injects no proxies, or is switched off. */
  static @Nullable WebhookObject of(JsonNode item) {
    for (var webhook : Fields.elements(item, "webhooks")) {
      if (Fields.text(webhook, "name").endsWith(SUFFIX) && !isDeactivated(webhook)) {
        var client = webhook.path("clientConfig");
        var url = Fields.text(client, "url");
        var service = Fields.text(client, "service", "name");
        return new WebhookObject(
            ObjectKey.of("mutatingwebhookconfiguration", item),
            Fields.labels(item).getOrDefault("istio.io/rev", ""),
            url.isEmpty() ? Fields.text(client, "service", "path") : pathOf(url),
            url,
            service.isEmpty() ? "" : Fields.text(client, "service", "namespace") + "/" + service,
            fingerprint(Fields.text(client, "caBundle")));
      }
    }
    return null;
  }

  private static boolean isDeactivated(JsonNode webhook) {
    return List.of("namespaceSelector", "objectSelector").stream()
        .anyMatch(
            selector ->
                Fields.map(webhook, selector, "matchLabels").containsKey("istio.io/deactivated"));
  }

  private static String pathOf(String url) {
    try {
      var path = new URI(url).getPath();
      return path == null ? "" : path;
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static String fingerprint(String caBundle) {
    try {
      var pem = new String(Base64.getMimeDecoder().decode(caBundle), StandardCharsets.UTF_8);
      var certificates = Certificates.of(pem);
      return certificates.list().isEmpty() ? "" : certificates.fingerprints().get(0);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  String cluster() {
    return inPath("cluster");
  }

  String network() {
    return inPath("net");
  }

  /**
   * A value in the path, which istiod reads as {@code /inject/key/value/key/value} or as {@code
   * /inject/:ENV:key=value:ENV:key=value}.
   */
  private String inPath(String name) {
    var parts = path.replaceAll("^/|/$", "").split("/", 2);
    if (parts.length < 2) {
      return "";
    }
    List<String> words = new ArrayList<>();
    if (parts[1].startsWith(VARIABLE)) {
      for (var pair : parts[1].substring(VARIABLE.length()).split(VARIABLE, -1)) {
        words.addAll(Arrays.asList((pair + "=").split("=", 3)).subList(0, 2));
      }
    } else {
      words.addAll(Arrays.asList(parts[1].split("/", -1)));
    }
    for (int i = 0; i + 1 < words.size(); i += 2) {
      if (words.get(i).equals(name)) {
        return words.get(i + 1).replace("--slash--", "/");
      }
    }
    return "";
  }

  InjectionWebhook fact(ClusterState state) {
    return new InjectionWebhook(
        state.name,
        key.name(),
        revision,
        path,
        cluster(),
        network(),
        url,
        service,
        caFingerprint,
        key.at(state, ".webhooks"));
  }
}

package io.meshdoctor.collector;

import io.meshdoctor.collector.ProxyPages.CertificateRow;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads Envoy's page {@code /certs}. */
final class EnvoyCertsReader implements InputReader {

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    ProxyPages proxy = cluster.proxies.proxy(input.namespace(), input.pod());
    Pairs certificates = new Pairs();
    boolean[] found = {false};
    JsonPull.read(
        input.body(),
        json ->
            json.members(
                name -> {
                  if (name.equals("certificates")) {
                    found[0] = true;
                    json.elements(() -> certificates.accept(json.tree()));
                  } else {
                    json.skip();
                  }
                }));
    if (!found[0]) {
      throw new IOException("holds no list of certificates");
    }
    // A part of the list would show a proxy without certificates, which is not the truth.
    proxy.certificates = certificates.row();
    cluster.listed(
        Listed.ENVOY_CERTS,
        proxy.subject(),
        Origin.envoy(cluster.name, cluster.context, proxy.namespace, proxy.pod, "/certs"));
  }

  /** Puts together what the same pair, repeated for each TLS context, says. */
  private static final class Pairs {

    private final Set<String> rootSerials = new TreeSet<>();
    private String identity = "";
    private @Nullable Instant notBefore;
    private @Nullable Instant notAfter;

    void accept(JsonNode entry) {
      boolean istios = false;
      for (JsonNode certificate : entry.path("cert_chain").values()) {
        for (JsonNode name : certificate.path("subject_alt_names").values()) {
          String uri = Fields.text(name, "uri");
          if (uri.startsWith("spiffe://")) {
            istios = true;
            identity = uri;
            Instant end = time(Fields.text(certificate, "expiration_time"));
            if (end != null && (notAfter == null || end.isAfter(notAfter))) {
              notAfter = end;
              notBefore = time(Fields.text(certificate, "valid_from"));
            }
          }
        }
      }
      // Other contexts are those of users' hosts, or trust the roots of the public.
      if (istios) {
        for (JsonNode root : entry.path("ca_cert").values()) {
          String serial = Certificates.serial(Fields.text(root, "serial_number"));
          if (!serial.isEmpty()) {
            rootSerials.add(serial);
          }
        }
      }
    }

    CertificateRow row() {
      return new CertificateRow(new ArrayList<>(rootSerials), identity, notBefore, notAfter);
    }

    private static @Nullable Instant time(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        return null;
      }
    }
  }
}

package io.meshdoctor.collector;

import io.meshdoctor.collector.ProxyPages.CertificateRow;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The certificates that Istio gave to a proxy, from the secrets of its config dump. */
final class DumpedCertificates {

  /** Kind of a subject alternative name that is a URI, as in RFC 5280. */
  private static final Integer URI = 6;

  private final TreeSet<String> rootSerials = new TreeSet<>();
  private @Nullable X509Certificate leaf;

  /** Takes one of the {@code dynamic_active_secrets}. */
  void accept(JsonNode secret) {
    JsonNode content = secret.path("secret");
    switch (Fields.text(secret, "name")) {
      case "ROOTCA" -> {
        for (X509Certificate root :
            certificates(content.path("validation_context").path("trusted_ca"))) {
          rootSerials.add(root.getSerialNumber().toString(16));
        }
      }
      case "default" -> {
        List<X509Certificate> chain =
            certificates(content.path("tls_certificate").path("certificate_chain"));
        leaf = chain.isEmpty() ? null : chain.get(0);
      }
      default -> {
        // Certificates of users' hosts are none of Istio's.
      }
    }
  }

  /** What they say; null where the dump has none. */
  @Nullable CertificateRow row() {
    X509Certificate own = leaf;
    return own == null
        ? null
        : new CertificateRow(
            new ArrayList<>(rootSerials),
            identity(own),
            own.getNotBefore().toInstant(),
            own.getNotAfter().toInstant());
  }

  private static String identity(X509Certificate leaf) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (URI.equals(name.get(0)) && name.get(1) instanceof String uri) {
            return uri;
          }
        }
      }
      return "";
    } catch (CertificateParsingException e) {
      return "";
    }
  }

  private static List<X509Certificate> certificates(JsonNode source) {
    try {
      byte[] pem = Base64.getDecoder().decode(Fields.text(source, "inline_bytes"));
      return Certificates.of(new String(pem, StandardCharsets.US_ASCII)).list();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}

package io.meshdoctor.collector;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads certificates in PEM form. */
final class Pem {

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");

  private Pem() {}

  /** All certificates in a text; what is none, or is broken, is passed over. */
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    var blocks = CERTIFICATE.matcher(text);
    while (blocks.find()) {
      byte[] block = blocks.group().getBytes(StandardCharsets.US_ASCII);
      try {
        certificates.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block)));
      } catch (CertificateException e) {
        // The rest may still be read.
      }
    }
    return certificates;
  }

  /** SHA-256 of the DER form, as lower-case hex. */
  static String fingerprint(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a certificate that was read can be written", e);
    }
  }

  /** A serial number as lower-case hex without leading zeros, from hex in any form. */
  static String serial(String hex) {
    return hex.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "").replaceFirst("^0+(?=.)", "");
  }
}

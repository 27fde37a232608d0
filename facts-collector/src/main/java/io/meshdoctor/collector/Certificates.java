package io.meshdoctor.collector;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates of a PEM text, which may hold several.
 *
 * @param list those that could be read, in their order
 * @param broken something stands where a certificate should, or nothing at all
 */
record Certificates(List<X509Certificate> list, boolean broken) {

  static final Certificates NONE = new Certificates(List.of(), false);

  /** One certificate in PEM. */
  static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  Certificates {
    list = List.copyOf(list);
  }

  static Certificates of(String pem) {
    List<X509Certificate> list = new ArrayList<>();
    boolean broken = false;
    var blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      try {
        var der = Base64.getMimeDecoder().decode(blocks.group(1));
        var factory = CertificateFactory.getInstance("X.509");
        list.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      } catch (IllegalArgumentException | CertificateException e) {
        broken = true;
      }
    }
    return new Certificates(list, broken || list.isEmpty());
  }

  /** SHA-256 of the DER form, lower-case hex. */
  static String fingerprint(X509Certificate certificate) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The Java runtime cannot make SHA-256 fingerprints.", e);
    }
  }

  /** Serial number in lower-case hex without leading zeros. */
  static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16);
  }

  /** The same of a serial number that is written in hex, in whatever form. */
  static String serial(String hex) {
    return hex.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "").replaceFirst("^0+(?=.)", "");
  }

  static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
  }

  static Instant notAfter(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** Whether one of these certificates, or one that they signed, signed another. */
  boolean vouchFor(X509Certificate certificate, Collection<X509Certificate> between) {
    var current = certificate;
    List<X509Certificate> open = new ArrayList<>(between);
    while (true) {
      var signed = current;
      if (list.stream().anyMatch(root -> isSignedBy(signed, root))) {
        return true;
      }
      open.remove(current);
      var next = open.stream().filter(other -> isSignedBy(signed, other)).findFirst();
      if (next.isEmpty()) {
        return false;
      }
      current = next.get();
    }
  }

  List<String> fingerprints() {
    return list.stream().map(Certificates::fingerprint).toList();
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

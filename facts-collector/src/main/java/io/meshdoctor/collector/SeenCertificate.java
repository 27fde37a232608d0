package io.meshdoctor.collector;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** What is kept of a certificate: {@code fingerprint} and {@code serial} in lower-case hex. */
record SeenCertificate(String fingerprint, String serial, String subject, Instant notAfter) {

  static SeenCertificate of(X509Certificate certificate) {
    return new SeenCertificate(
        Certificates.fingerprint(certificate),
        Certificates.serial(certificate),
        Certificates.subject(certificate),
        Certificates.notAfter(certificate));
  }
}

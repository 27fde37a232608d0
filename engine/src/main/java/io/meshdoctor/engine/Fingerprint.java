package io.meshdoctor.engine;

import io.meshdoctor.facts.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a finding by what does not change from run to run. */
final class Fingerprint {

  private static final int LENGTH = 16;

  private Fingerprint() {}

  /** Of the rule, the clusters in their roles, the service, and the objects; 16 hex digits. */
  static String of(Finding finding) {
    var text =
        "%s\n%s\n%s\n%s"
            .formatted(finding.code(), finding.scope(), finding.clusters(), finding.objects());
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }
}

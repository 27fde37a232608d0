package io.meshdoctor.collector.live;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Certificates and private keys in PEM. Java reads keys only as PKCS #8; those of kind and k3s are
 * PKCS #1 and SEC 1, and are wrapped.
 */
final class PemKeys {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** Algorithm identifier of RSA, without parameters. */
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** Object identifier of keys on elliptic curves. */
  private static final byte[] EC = {0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private static final byte[] VERSION_0 = {2, 1, 0};

  private PemKeys() {}

  static List<Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    var certificates = factory.generateCertificates(new ByteArrayInputStream(pem));
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("holds no certificate");
    }
    return new ArrayList<>(certificates);
  }

  static PrivateKey key(byte[] pem) throws GeneralSecurityException {
    var found = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new GeneralSecurityException("holds no private key that is not encrypted");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(found.group(2));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("holds no private key that can be read");
    }
    return switch (found.group(1)) {
      case "RSA PRIVATE KEY" -> key(wrapped(RSA, der), List.of("RSA"));
      case "EC PRIVATE KEY" -> key(wrapped(tagged(0x30, join(EC, curve(der))), der), List.of("EC"));
      default -> key(der, List.of("RSA", "EC", "EdDSA"));
    };
  }

  private static PrivateKey key(byte[] pkcs8, List<String> algorithms)
      throws GeneralSecurityException {
    for (var algorithm : algorithms) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // of another algorithm, or of none that Java knows
      }
    }
    throw new GeneralSecurityException("holds no private key of a kind that Java knows");
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return tagged(0x30, join(VERSION_0, algorithm, tagged(0x04, key)));
  }

  /** The object identifier behind the tag {@code [0]} of a SEC 1 key. */
  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    for (int i = 0; i + 4 < der.length; i++) {
      if ((der[i] & 0xff) == 0xa0 && der[i + 2] == 0x06 && der[i + 1] == der[i + 3] + 2) {
        var curve = new byte[der[i + 3] + 2];
        if (i + 2 + curve.length <= der.length) {
          System.arraycopy(der, i + 2, curve, 0, curve.length);
          return curve;
        }
      }
    }
    throw new GeneralSecurityException("holds a private key that does not name its curve");
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length > 0xff) {
      out.write(0x82);
      out.write(content.length >> 8);
    } else if (content.length > 0x7f) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

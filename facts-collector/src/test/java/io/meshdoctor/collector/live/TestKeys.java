package io.meshdoctor.collector.live;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate that it signed itself, made by Java's keytool for one test run. */
record TestKeys(KeyStore store) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes one.
   *
   * @param name subject alternative name, such as {@code ip:127.0.0.1}
   */
  static TestKeys of(Path directory, String algorithm, String name) throws Exception {
    var file = Files.createTempDirectory(directory, "keys").resolve("store.p12");
    var tool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    algorithm,
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=" + name,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    tool.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    if (!tool.waitFor(30, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
    var store = KeyStore.getInstance("PKCS12");
    try (var in = new FileInputStream(file.toFile())) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new TestKeys(store);
  }

  /** A context for a server that shows this certificate and asks for that of a client. */
  SSLContext server() throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  String certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate().getEncoded());
  }

  PrivateKey key() throws GeneralSecurityException {
    return (PrivateKey) store.getKey("key", PASSWORD.toCharArray());
  }

  String keyPem() throws GeneralSecurityException {
    return pem("PRIVATE KEY", key().getEncoded());
  }

  /** The key as OpenSSL used to write it: what PKCS #8 has inside. */
  String bareKeyPem() throws GeneralSecurityException {
    var der = key().getEncoded();
    var algorithm = key().getAlgorithm();
    var start = 0;
    // the key is the octet string at the end of the structure
    for (int i = 4; i < der.length - 4 && start == 0; i++) {
      if (der[i] == 0x04
          && der[i + 1] == (byte) 0x82
          && i + 4 + (((der[i + 2] & 0xff) << 8) | (der[i + 3] & 0xff)) == der.length) {
        start = i + 4;
      } else if (der[i] == 0x04 && i + 2 + (der[i + 1] & 0xff) == der.length) {
        start = i + 2;
      }
    }
    return pem(algorithm + " PRIVATE KEY", java.util.Arrays.copyOfRange(der, start, der.length));
  }

  private Certificate certificate() throws GeneralSecurityException {
    return store.getCertificate("key");
  }

  static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }
}

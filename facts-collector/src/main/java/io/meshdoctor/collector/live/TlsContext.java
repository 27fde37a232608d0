package io.meshdoctor.collector.live;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the TLS context of one user at one API server. */
final class TlsContext {

  /** Keys stay in memory; the password of their store protects nothing. */
  private static final char[] NO_PASSWORD = {};

  private TlsContext() {}

  /**
   * A context.
   *
   * @param authorities certificates that are trusted; empty for those that Java trusts
   * @param chain the user's certificate; empty for none
   * @param key PEM of its key
   * @param insecure no certificate of the server is checked
   * @param serverName name that the server has to prove, if not that of its URL; may be empty
   */
  static SSLContext of(
      byte[] authorities, byte[] chain, byte[] key, boolean insecure, String serverName)
      throws GeneralSecurityException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(chain, key), insecure ? ANY : trusted(authorities), null);
      return serverName.isEmpty() ? context : NamedServerContext.of(context, serverName);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /**
   * What is offered to the server, ChaCha20 before AES. The program is over before Java has
   * compiled AES to the processor's own instructions, and without these it is five times as slow.
   * API servers take what their client names first.
   */
  static SSLParameters parameters(SSLContext context) {
    var parameters = context.getDefaultSSLParameters();
    parameters.setCipherSuites(
        Stream.of(parameters.getCipherSuites())
            .sorted(Comparator.comparing(suite -> !suite.contains("CHACHA20")))
            .toArray(String[]::new));
    return parameters;
  }

  private static KeyManager[] keys(byte[] chain, byte[] key)
      throws GeneralSecurityException, IOException {
    if (chain.length == 0) {
      return new KeyManager[0];
    }
    var store = emptyStore();
    store.setKeyEntry(
        "user",
        PemKeys.key(key),
        NO_PASSWORD,
        PemKeys.certificates(chain).toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trusted(byte[] authorities)
      throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (authorities.length == 0) {
      factory.init((KeyStore) null);
    } else {
      var store = emptyStore();
      List<Certificate> certificates = PemKeys.certificates(authorities);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("authority" + i, certificates.get(i));
      }
      factory.init(store);
    }
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /** An extended one, for Java checks the host name itself after one that is not. */
  private static final TrustManager[] ANY = {
    new X509ExtendedTrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {}

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    }
  };
}

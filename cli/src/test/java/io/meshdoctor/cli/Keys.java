package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An authority for clients, and one client of it who may do everything, made by Java's keytool.
 *
 * @param store holds both, as {@code ca} and {@code admin}
 * @param tokens the key that tokens of ServiceAccounts are signed with
 */
record Keys(KeyStore store, KeyPair tokens) {

  static final String PASSWORD = "changeit";

  static Keys make(Path directory) throws Exception {
    var file = directory.resolve("keys.p12");
    generate(file, "ca", "CN=ca", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
    generate(file, "admin", "CN=admin,O=system:masters", "-signer", "ca", "-ext", "eku=clientAuth");
    var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    return new Keys(store, KeyPairGenerator.getInstance("RSA").generateKeyPair());
  }

  private static void generate(Path file, String alias, String name, String... more)
      throws IOException, InterruptedException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", name));
    command.addAll(Arrays.asList(more));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
    var tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    tool.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (tool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  String authority() throws GeneralSecurityException {
    return certificate("ca");
  }

  String client() throws GeneralSecurityException {
    return certificate("admin");
  }

  String clientKey() throws GeneralSecurityException {
    return pem("PRIVATE KEY", store.getKey("admin", PASSWORD.toCharArray()).getEncoded());
  }

  /** Writes the key of tokens, and the part of it that everybody may know. */
  void writeTokenKey(Path file, Path publicFile) throws IOException {
    Files.writeString(file, pem("PRIVATE KEY", tokens.getPrivate().getEncoded()));
    Files.writeString(publicFile, pem("PUBLIC KEY", tokens.getPublic().getEncoded()));
  }

  /** A token (JWT) with these claims. */
  String signed(String claims) throws IOException {
    try {
      var text =
          base64Url("{\"alg\":\"RS256\"}".getBytes(UTF_8))
              + "."
              + base64Url(claims.getBytes(UTF_8));
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(tokens.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return text + "." + base64Url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String certificate(String alias) throws GeneralSecurityException {
    return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }
}

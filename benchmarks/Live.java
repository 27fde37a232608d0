import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a live cluster of many pods with a small heap, beside a program that reads the same bytes
 * over the same TLS, and only parses them to tokens.
 *
 * <p>{@code java -cp 'cli/target/dist/lib/*' benchmarks/Live.java [PODS [RUNS]]}, from the root of
 * the project, after {@code mvn -Dquick package}. The API server is a fake in a process of its own;
 * the two programs take turns, so that the machine's speed cancels out.
 */
final class Live {

  private static final String PASSWORD = "changeit";
  private static final String HEAP = "-Xmx256m";
  private static final String LIBRARIES = "cli/target/dist/lib/*";
  private static final int PAGE = 500;

  private Live() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments.length > 0 ? arguments[0] : "") {
      case "serve" -> serve(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      case "tokens" -> tokens(Path.of(arguments[1]), arguments[2]);
      default -> measure(
          arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000,
          arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5);
    }
  }

  private static void measure(int pods, int runs) throws Exception {
    var home = Files.createTempDirectory("live");
    // compiled before, for neither of the two programs is to be late for it
    run(List.of(bin("javac"), "-cp", LIBRARIES, "-d", home.toString(), "benchmarks/Live.java"));
    var keys = home.resolve("keys.p12");
    run(
        List.of(
            bin("keytool"), "-genkeypair", "-alias", "key", "-keyalg", "EC", "-groupname", "secp256r1",
            "-dname", "CN=fake", "-ext", "san=ip:127.0.0.1", "-keystore", keys.toString(),
            "-storepass", PASSWORD));
    var server =
        new ProcessBuilder(self(home, "-Xmx2g", "serve", keys.toString(), "" + pods))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      var url = new String(server.getInputStream().readNBytes(24), StandardCharsets.UTF_8).strip();
      var config = home.resolve("config");
      Files.writeString(config, kubeconfig(keys, url));
      var tokens = self(home, HEAP, "tokens", keys.toString(), url);
      var diagnose =
          List.of(
              "./meshdoctor", "diagnose", "--kubeconfig", config.toString(), "--context", "large",
              "--timeout", "10m", "-o", "json");
      run(diagnose);
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        double one = run(tokens);
        double other = run(diagnose);
        ratios.add(other / one);
        System.out.printf(
            Locale.ROOT, "tokens only %.1f s, diagnose %.1f s, ratio %.2f%n", one, other, other / one);
      }
      ratios.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%d pods, heap of %s: median of the ratios %.2f%n",
          pods, HEAP.substring(4), ratios.get(runs / 2));
    } finally {
      server.destroy();
    }
  }

  /** Seconds; the output is left. */
  private static double run(List<String> command) throws IOException, InterruptedException {
    var out = Files.createTempFile("live", ".out");
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("MESHDOCTOR_JAVA_OPTS", HEAP + " -XX:+ExitOnOutOfMemoryError");
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    // nothing is wrong with the pods, but not all of the cluster can be read
    if (status != 0 && status != 4) {
      throw new IOException("%s ends with %d: %s".formatted(command, status, Files.readString(out)));
    }
    Files.delete(out);
    return seconds;
  }

  private static List<String> self(Path home, String heap, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(bin("java"), heap, "-cp", home + ":" + LIBRARIES, "Live"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String bin(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private static String kubeconfig(Path keys, String url) throws Exception {
    var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    var pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(store.getCertificate("key").getEncoded()));
    var data = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    return """
        apiVersion: v1
        kind: Config
        clusters: [{name: large, cluster: {server: '%s', certificate-authority-data: %s}}]
        contexts: [{name: large, context: {cluster: large}}]
        """
        .formatted(url, data);
  }

  // what reads tokens only

  private static void tokens(Path keys, String url) throws Exception {
    var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("key", store.getCertificate("key"));
    trust.init(trusted);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    var client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    var factory = new JsonFactory();
    var next = "";
    long count = 0;
    do {
      var request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/pods?limit=" + PAGE + "&continue=" + next))
              .header("Accept", "application/json")
              .header("Accept-Encoding", "gzip")
              .build();
      var response = client.send(request, BodyHandlers.ofInputStream());
      next = "";
      try (InputStream in = new GZIPInputStream(response.body(), 1 << 16);
          JsonParser parser = factory.createParser(ObjectReadContext.empty(), in)) {
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
          count++;
          if (token == JsonToken.PROPERTY_NAME && "continue".equals(parser.currentName())) {
            parser.nextToken();
            next = parser.getString();
          }
        }
      }
    } while (!next.isEmpty());
    System.out.println(count);
    System.exit(0);
  }

  // the API server

  private static void serve(Path keys, int pods) throws Exception {
    var pages = new ArrayList<byte[]>();
    var pod = recordedPod();
    for (int from = 0; from < pods; from += PAGE) {
      pages.add(zipped(page(pod, from, Math.min(pods, from + PAGE), pods)));
    }
    var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), null, null);
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters connection) {
            // as a server in Go, which takes the cipher that its client names first
            var parameters = tls.getDefaultSSLParameters();
            parameters.setUseCipherSuitesOrder(false);
            connection.setSSLParameters(parameters);
          }
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> answer(exchange, pages));
    server.start();
    // padded, so that the reader knows how long it is
    System.out.printf("%-24s", "https://127.0.0.1:" + server.getAddress().getPort());
    System.out.flush();
  }

  private static void answer(HttpExchange exchange, List<byte[]> pages) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var query = exchange.getRequestURI().getQuery();
      byte[] body;
      if (path.equals("/api/v1/pods")) {
        var at = query.replaceAll(".*continue=", "");
        body = pages.get(at.equals(query) || at.isEmpty() ? 0 : Integer.parseInt(at));
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      } else {
        body = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}".getBytes(StandardCharsets.UTF_8);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static byte[] zipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    // as fast, and as bad, as an API server does it
    try (var zip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String page(ObjectNode pod, int from, int to, int pods) {
    var text = new StringBuilder("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"");
    if (to < pods) {
      text.append(",\"continue\":\"").append(to / PAGE).append("\"");
    }
    text.append("},\"items\":[");
    for (int i = from; i < to; i++) {
      text.append(i > from ? "," : "").append(numbered(pod, i));
    }
    return text.append("]}").toString();
  }

  /** Ten pods of each workload, a hundred workloads in each namespace. */
  private static ObjectNode numbered(ObjectNode pod, int number) {
    var name = "web-" + number / 10;
    var address = "10.%d.%d.%d".formatted(number / 62500, number / 250 % 250, number % 250);
    var metadata = (ObjectNode) pod.path("metadata");
    metadata.put("namespace", "shop-" + number / 1000).put("generateName", name + "-5796fc4f7f-");
    metadata.put("name", name + "-5796fc4f7f-" + Integer.toString(number + 40_000_000, 36));
    metadata.put("uid", new UUID(7, number).toString());
    ((ObjectNode) metadata.path("ownerReferences").path(0)).put("name", name + "-5796fc4f7f");
    ((ObjectNode) metadata.path("labels")).put("app", name);
    var status = (ObjectNode) pod.path("status");
    status.put("podIP", address).putArray("podIPs").addObject().put("ip", address);
    return pod;
  }

  /** A pod with a proxy, as a real API server shows it. */
  private static ObjectNode recordedPod() throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(Files.newInputStream(Path.of("examples/healthy.tar.gz"))))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith("/pods.json")) {
          for (var pod : JsonMapper.shared().readTree(tar).path("items")) {
            if (pod.path("metadata").path("labels").has("security.istio.io/tlsMode")) {
              return (ObjectNode) pod;
            }
          }
        }
      }
    }
    throw new IOException("examples/healthy.tar.gz has no pod with a proxy");
  }
}

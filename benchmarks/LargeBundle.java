import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes a large bundle of a healthy mesh of two clusters on two networks: many services, pods and
 * endpoints, in the shapes that kubectl, istiod and Envoy print.
 *
 * <p>{@code java benchmarks/LargeBundle.java DIRECTORY MEGABYTES [PODS]}, with so many pods of each
 * service in each cluster: fewer pods make more facts of the same bytes, for pods that are alike are
 * one fact.
 */
final class LargeBundle {

  private static final int PODS_OF_A_SERVICE = 10;
  private static final String[] CLUSTERS = {"amber", "basalt"};

  private final Path home;
  private final int services;
  private final int pods;
  private long bytes;

  private LargeBundle(Path home, int services, int pods) {
    this.home = home;
    this.services = services;
    this.pods = pods;
  }

  public static void main(String[] arguments) throws IOException {
    var home = Path.of(arguments[0]);
    long wanted = Long.parseLong(arguments[1]) * 1_000_000;
    int pods = arguments.length > 2 ? Integer.parseInt(arguments[2]) : PODS_OF_A_SERVICE;
    // what one service costs is measured on a small bundle
    var trial = new LargeBundle(Files.createTempDirectory("trial"), 20, pods);
    trial.write();
    var bundle = new LargeBundle(home, (int) Math.max(1, wanted * 20 / trial.bytes), pods);
    bundle.write();
    System.out.printf(
        Locale.ROOT,
        "%d services, %d pods, %d MB in %s%n",
        bundle.services, bundle.services * pods * CLUSTERS.length, bundle.bytes / 1_000_000, home);
  }

  private interface Body {
    void write(Writer out) throws IOException;
  }

  private interface Item {
    void write(Writer out, int number) throws IOException;
  }

  private void file(String name, Body body) throws IOException {
    var path = home.resolve(name);
    Files.createDirectories(path.getParent());
    try (BufferedWriter out = Files.newBufferedWriter(path)) {
      body.write(out);
    }
    bytes += Files.size(path);
  }

  private void list(String name, int count, Item item) throws IOException {
    file(
        name,
        out -> {
          out.write("{\"apiVersion\":\"v1\",\"items\":[");
          commaSeparated(out, count, item);
          out.write("],\"kind\":\"List\"}");
        });
  }

  private static void commaSeparated(Writer out, int count, Item item) throws IOException {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.write(",\n");
      }
      item.write(out, i);
    }
  }

  private void write() throws IOException {
    file("mesh.yaml", out -> out.write("name: large\nsystemNamespace: istio-system\n"));
    for (int i = 0; i < CLUSTERS.length; i++) {
      cluster(i);
    }
  }

  private void cluster(int c) throws IOException {
    var base = "clusters/" + CLUSTERS[c] + "/";
    file(
        base + "cluster.yaml",
        out ->
            out.write(
                "context: %s\nserver: https://10.0.%d.1:6443\nlisted: [pods, services, endpointslices, namespaces]\n"
                    .formatted(CLUSTERS[c], c)));
    list(
        base + "resources/namespaces.json",
        2,
        (out, i) ->
            out.write(
                i == 0
                    ? "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"istio-system\",\"labels\":{\"topology.istio.io/network\":\"%s\"}}}"
                        .formatted(network(c))
                    : "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\",\"labels\":{\"istio-injection\":\"enabled\"}}}"));
    list(base + "resources/services.json", services, (out, i) -> out.write(service(i)));
    list(
        base + "resources/endpointslices.json",
        services,
        (out, i) -> {
          out.write(
              "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"metadata\":{\"name\":\"svc-%d-x\",\"namespace\":\"shop\",\"labels\":{\"kubernetes.io/service-name\":\"svc-%d\"}},\"ports\":[{\"name\":\"http\",\"port\":8080}],\"endpoints\":["
                  .formatted(i, i));
          commaSeparated(
              out,
              pods,
              (own, p) ->
                  own.write(
                      "{\"addresses\":[\"%s\"],\"conditions\":{\"ready\":true,\"serving\":true,\"terminating\":false},\"targetRef\":{\"kind\":\"Pod\",\"name\":\"%s\",\"namespace\":\"shop\"}}"
                          .formatted(address(c, i, p), pod(i, p))));
          out.write("]}");
        });
    list(
        base + "resources/pods.json",
        services * pods,
        (out, n) -> out.write(pod(c, n / pods, n % pods)));
    var istiod = base + "istiod/istio-system/istiod-0/debug/";
    file(
        istiod + "clusterz.json",
        out ->
            out.write(
                "[{\"id\":\"%s\",\"secretName\":\"\",\"syncStatus\":\"synced\"},{\"id\":\"%s\",\"secretName\":\"istio-system/remote\",\"syncStatus\":\"synced\"}]"
                    .formatted(CLUSTERS[c], CLUSTERS[1 - c])));
    file(
        istiod + "networkz.json",
        out ->
            out.write(
                "[{\"Network\":\"%s\",\"Cluster\":\"%s\",\"Addr\":\"192.0.2.%d\",\"Port\":15443}]"
                    .formatted(network(1 - c), CLUSTERS[1 - c], 1 - c + 1)));
    file(istiod + "endpointShardz.json", this::shards);
    file(base + "proxies/shop/client-0/clusters.json", out -> envoy(out, c));
  }

  private void shards(Writer out) throws IOException {
    out.write("{");
    commaSeparated(
        out,
        services,
        (one, i) -> {
          one.write("\"%s\":{\"shop\":{\"Shards\":{".formatted(host(i)));
          commaSeparated(
              one,
              CLUSTERS.length,
              (shard, c) -> {
                shard.write("\"Kubernetes/%s\":[".formatted(CLUSTERS[c]));
                commaSeparated(
                    shard,
                    pods,
                    (endpoint, p) ->
                        endpoint.write(
                            "{\"Labels\":{\"app\":\"svc-%d\",\"topology.istio.io/network\":\"%s\",\"topology.istio.io/cluster\":\"%s\"},\"Addresses\":[\"%s\"],\"ServicePortName\":\"http\",\"ServiceAccount\":\"spiffe://cluster.local/ns/shop/sa/default\",\"Network\":\"%s\",\"Locality\":{\"Label\":\"r/z/\",\"ClusterID\":\"%s\"},\"EndpointPort\":8080,\"LbWeight\":0,\"TLSMode\":\"istio\",\"Namespace\":\"shop\",\"WorkloadName\":\"svc-%d\",\"HealthStatus\":1}"
                                .formatted(i, network(c), CLUSTERS[c], address(c, i, p), network(c), CLUSTERS[c], i)));
                shard.write("]");
              });
          one.write("},\"ServiceAccounts\":{}}}");
        });
    out.write("}");
  }

  private void envoy(Writer out, int c) throws IOException {
    out.write("{\"cluster_statuses\":[");
    commaSeparated(
        out,
        services,
        (one, i) -> {
          one.write(
              "{\"name\":\"outbound|80||%s\",\"added_via_api\":true,\"host_statuses\":["
                  .formatted(host(i)));
          commaSeparated(
              one,
              pods + 1,
              (row, p) ->
                  row.write(
                      "{\"address\":{\"socket_address\":{\"address\":\"%s\",\"port_value\":%d}},\"stats\":[{\"name\":\"cx_connect_fail\"},{\"value\":\"3\",\"name\":\"cx_total\"},{\"value\":\"9\",\"name\":\"rq_success\"},{\"type\":\"GAUGE\",\"value\":\"1\",\"name\":\"cx_active\"}],\"health_status\":{\"eds_health_status\":\"HEALTHY\"},\"weight\":1,\"locality\":{\"region\":\"r\"}}"
                          .formatted(
                              p == pods ? "192.0.2." + (1 - c + 1) : address(c, i, p),
                              p == pods ? 15443 : 8080)));
          one.write("]}");
        });
    out.write("]}");
  }

  private static String network(int c) {
    return "net-" + CLUSTERS[c];
  }

  private static String host(int i) {
    return "svc-" + i + ".shop.svc.cluster.local";
  }

  private static String pod(int i, int p) {
    return "svc-%d-7d9f8b6c5-%05d".formatted(i, p);
  }

  private String address(int c, int i, int p) {
    int n = i * pods + p;
    return "10.%d.%d.%d".formatted(100 + c * 64 + n / 65536, n / 256 % 256, n % 256);
  }

  private static String service(int i) {
    return """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"svc-%d","namespace":"shop","labels":{"app":"svc-%d"}},\
        "spec":{"type":"ClusterIP","clusterIP":"10.96.0.1","ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":8080}],\
        "selector":{"app":"svc-%d"}},"status":{"loadBalancer":{}}}"""
        .formatted(i, i, i);
  }

  /** With what makes real pods long: probes, volumes, mounts, and who manages which field. */
  private String pod(int c, int i, int p) {
    var filler = "\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},".repeat(40);
    return """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"shop","labels":{"app":"svc-%d",\
        "pod-template-hash":"7d9f8b6c5","security.istio.io/tlsMode":"istio","topology.istio.io/network":"%s"},\
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"svc-%d-7d9f8b6c5","controller":true}],\
        "managedFields":[{"manager":"kube-controller-manager","operation":"Update","fieldsV1":{%s"f:x":{}}}]},\
        "spec":{"initContainers":[{"name":"istio-proxy","image":"docker.io/istio/proxyv2:1.29.6","args":["proxy","sidecar"],\
        "env":[{"name":"ISTIO_META_NETWORK","value":"%s"},{"name":"ISTIO_META_CLUSTER_ID","value":"%s"}]}],\
        "containers":[{"name":"app","image":"example/app:1"}]},\
        "status":{"phase":"Running","podIP":"%s","startTime":"2026-11-23T20:26:54Z",\
        "conditions":[{"type":"Ready","status":"True"}]}}"""
        .formatted(pod(i, p), i, network(c), i, filler, network(c), CLUSTERS[c], address(c, i, p));
  }
}

package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the table that {@code istioctl proxy-config endpoint} prints. */
final class EndpointTableReader implements InputReader {

  private static final Pattern HEADER =
      Pattern.compile("ENDPOINT\\s+STATUS\\s+OUTLIER CHECK\\s+CLUSTER\\s*");
  private static final Pattern ROW =
      Pattern.compile("\\s*(\\S+)\\s+([A-Z_]+)\\s+(OK|FAILED)\\s+(\\S+)\\s*");

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    ProxyPages proxy = cluster.proxies.proxy(input.namespace(), input.pod());
    EndpointPage page = new EndpointPage(EndpointPage.Source.TABLE);
    boolean headed = false;
    int rows = 0;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(input.body(), StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          rows++;
          add(row, page);
        } else {
          headed |= HEADER.matcher(line).matches();
        }
      }
      page.complete = headed;
    } finally {
      proxy.offer(page);
    }
    if (headed) {
      EnvoyClustersReader.listed(cluster, proxy);
    } else if (rows == 0) {
      throw new IOException("holds no table of endpoints");
    }
    // A table that lost its header went through a filter, which kept some rows only.
  }

  private static void add(Matcher row, EndpointPage page) {
    EnvoyClusterName name = EnvoyClusterName.of(row.group(4));
    if (name != null) {
      Place place = Place.of(row.group(1));
      boolean ejected = row.group(3).equals("FAILED");
      page.add(
          name,
          List.of(
              new EnvoyHost(
                  place.address(),
                  new EnvoyHost.State(
                      place.port(),
                      EnvoyHost.isUsable(row.group(2)) && !ejected,
                      ejected,
                      0,
                      null))));
    }
  }
}

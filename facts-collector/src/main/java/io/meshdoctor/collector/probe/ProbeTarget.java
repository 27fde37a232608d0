package io.meshdoctor.collector.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a probe goes to.
 *
 * @param cluster operator's name of the cluster; empty for a request by name, and for what says
 *     nothing of the way to pods and gateways of that cluster
 * @param host host name or IP address, without brackets
 * @param port number of the port
 * @param path path of a request, with its slash; empty for connections
 * @param what what is there, for people
 */
public record ProbeTarget(String cluster, String host, int port, String path, String what) {

  /** What no program takes for an option, and no shell for more than a word. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}");

  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/?=&%+,:@-]{0,1000}");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** A port of a host; absent where that cannot be one. */
  static Optional<ProbeTarget> port(String cluster, String host, int port, String what) {
    return HOST.matcher(host).matches() && port > 0 && port <= 65_535
        ? Optional.of(new ProbeTarget(cluster, host, port, "", what))
        : Optional.empty();
  }

  /** The port of an API server, from its URL; absent where that is none. */
  static Optional<ProbeTarget> apiServer(String url, String what) {
    try {
      var server = new URI(url);
      if (server.getHost() == null) {
        return Optional.empty();
      }
      var ofScheme = "http".equals(server.getScheme()) ? HTTP : HTTPS;
      return port(
          "",
          server.getHost().replaceAll("^\\[|]$", ""),
          server.getPort() < 0 ? ofScheme : server.getPort(),
          what);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * The service that an operator names; absent where that cannot be one.
   *
   * @param text {@code host}, {@code host:port} or {@code host:port/path}
   */
  public static Optional<ProbeTarget> service(String text) {
    var plain = text.startsWith("http://") ? text.substring("http://".length()) : text;
    int slash = plain.indexOf('/');
    var path = slash < 0 ? "/" : plain.substring(slash);
    var place = slash < 0 ? plain : plain.substring(0, slash);
    int colon = place.indexOf(':');
    var port = colon < 0 ? String.valueOf(HTTP) : place.substring(colon + 1);
    var host = colon < 0 ? place : place.substring(0, colon);
    if (!port.matches("[0-9]{1,5}") || !PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    return port("", host, Integer.parseInt(port), "")
        .map(target -> new ProbeTarget("", target.host, target.port, path, "service"));
  }

  /** Host and port as URLs have them. */
  public String authority() {
    return (host.contains(":") ? "[%s]:%d" : "%s:%d").formatted(host, port);
  }

  /** Whether it is asked for by name. */
  boolean isRequest() {
    return !path.isEmpty();
  }
}

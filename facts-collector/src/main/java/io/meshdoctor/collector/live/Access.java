package io.meshdoctor.collector.live;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How one user gets to one API server.
 *
 * @param server URL of the API server, without a slash at its end
 * @param headers what says who the user is; secret
 * @param tls context of TLS
 * @param proxy HTTP proxy; null for none
 */
record Access(
    String server,
    Map<String, List<String>> headers,
    SSLContext tls,
    @Nullable InetSocketAddress proxy) {

  Access {
    headers = Map.copyOf(headers);
  }

  /** The headers are left out: they hold tokens. */
  @Override
  public String toString() {
    return "access to " + server;
  }
}

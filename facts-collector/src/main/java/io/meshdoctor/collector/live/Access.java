package io.meshdoctor.collector.live;

import java.net.InetSocketAddress;
import java.time.Instant;
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
 * @param expiry when what says who the user is ends; null where it does not tell
 */
record Access(
    String server,
    Map<String, List<String>> headers,
    SSLContext tls,
    @Nullable InetSocketAddress proxy,
    @Nullable Instant expiry) {

  Access {
    headers = Map.copyOf(headers);
  }

  /** What the server has against a user that it does not know, in a few words. */
  String refusal() {
    return expiry == null || expiry.isAfter(Instant.now())
        ? "the server does not accept the credentials"
        : "the credentials expired at " + expiry;
  }

  /** The headers are left out: they hold tokens. */
  @Override
  public String toString() {
    return "access to " + server;
  }
}

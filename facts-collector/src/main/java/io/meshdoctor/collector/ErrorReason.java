package io.meshdoctor.collector;

import io.meshdoctor.facts.RemoteClusterError.Kind;

/** Tells why istiod could not use a kubeconfig, from the text of the error. */
final class ErrorReason {

  private ErrorReason() {}

  /** Why a kubeconfig was refused. */
  static Kind ofKubeconfig(String text) {
    if (text.contains("not allowed")) {
      return Kind.NOT_ALLOWED;
    }
    return containsAny(text, "kubeconfig", "create kube client")
        ? Kind.MALFORMED
        : ofConnection(text);
  }

  /** Why an API server could not be read. */
  static Kind ofConnection(String text) {
    // the last ones are of a token that is to be had anew, and is not
    if (containsAny(
        text,
        "Unauthorized",
        "provide credentials",
        "must be logged in",
        "invalid_grant",
        "cannot fetch token",
        "failed to refresh token")) {
      return Kind.UNAUTHORIZED;
    }
    if (containsAny(text, "forbidden", "Forbidden")) {
      return Kind.FORBIDDEN;
    }
    if (containsAny(text, "unknown authority", "certificate is not trusted")) {
      return Kind.UNKNOWN_AUTHORITY;
    }
    return containsAny(
            text,
            "dial tcp",
            "timeout",
            "timed out",
            "deadline exceeded",
            "connection refused",
            "connection reset",
            "no such host",
            "no route to host",
            "network is unreachable",
            "EOF")
        ? Kind.UNREACHABLE
        : Kind.OTHER;
  }

  private static boolean containsAny(String text, String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}

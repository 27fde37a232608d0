package io.meshdoctor.collector;

import io.meshdoctor.facts.Probe.Failure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells how a probe failed, from what curl, wget and the like print. */
final class ProbeFailure {

  /** The status of an answer: {@code [503]}, {@code HTTP/1.1 503}, {@code error: 503}. */
  private static final Pattern STATUS =
      Pattern.compile(
          "(?:\\[|\\bhttp(?:/[\\d.]+)? |\\berror:? |\\bstatus(?: code)?:? )([45]\\d\\d)\\b");

  private ProbeFailure() {}

  /**
   * Classifies a failure. The order matters: a name that takes too long to resolve also times out,
   * and a proxy that answers for the server also speaks of resets.
   */
  static Failure of(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    Matcher matcher = STATUS.matcher(text);
    String status = matcher.find() ? matcher.group(1) : "";
    if (containsAny(
        text,
        "(6)",
        "resolve host",
        "resolving timed out",
        "resolution",
        "not resolve",
        "no such host",
        "name or service not known",
        "nodename nor servname",
        "bad address",
        "unknown host",
        "nxdomain")) {
      return Failure.NAME;
    }
    if (status.equals("403") || containsAny(text, "rbac: access denied", "403 forbidden")) {
      return Failure.DENIED;
    }
    if (status.equals("502")
        || status.equals("503")
        || status.equals("504")
        || containsAny(
            text,
            "upstream connect error",
            "no healthy upstream",
            "upstream request timeout",
            "service unavailable",
            "bad gateway",
            "gateway timeout")) {
      return Failure.UNAVAILABLE;
    }
    if (containsAny(text, "(28)", "timed out", "timeout", "deadline exceeded")) {
      return Failure.TIMEOUT;
    }
    if (containsAny(
        text,
        "(7)",
        "refused",
        "couldn't connect",
        "could not connect",
        "no route to host",
        "host is unreachable",
        "network is unreachable")) {
      return Failure.REFUSED;
    }
    if (containsAny(
        text, "(35)", "(52)", "(56)", "reset", "empty reply", "broken pipe", "ssl", "tls", "eof")) {
      return Failure.RESET;
    }
    return Failure.OTHER;
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

package io.meshdoctor.collector.live;

import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.live.Deadline.LateException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why something could not be read, in a few words. */
final class Reason {

  /** What Java's HTTP client says when it loses a connection. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "(?i)connection reset|broken pipe|closed|terminated|EOF|bytes received|GOAWAY");

  private Reason() {}

  static String of(Throwable thrown) {
    var causes = causes(thrown);
    for (var cause : causes) {
      if (cause instanceof LateException || cause instanceof ApiException) {
        return text(cause);
      }
    }
    for (var cause : causes) {
      var known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
    }
    for (var cause : causes) {
      if (cause instanceof IOException && !text(cause).isEmpty()) {
        return BROKEN.matcher(text(cause)).find() ? "the connection broke" : text(cause);
      }
    }
    // no message: it may quote what was read
    return "failed (%s)".formatted(causes.get(0).getClass().getSimpleName());
  }

  /** Whether a connection could not be made at all, so that another try is of no use. */
  static boolean isUnreachable(Throwable thrown) {
    return causes(thrown).stream().anyMatch(cause -> !known(cause).isEmpty());
  }

  private static String known(Throwable cause) {
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "cannot connect: the name of the server cannot be resolved";
    }
    if (cause instanceof HttpConnectTimeoutException
        // what Java gives as the cause of that one
        || (cause instanceof ConnectException && text(cause).contains("timed out"))) {
      return "cannot connect: no answer within %d s".formatted(ApiServer.CONNECT_SECONDS);
    }
    if (cause instanceof NoRouteToHostException) {
      return "cannot connect: no route to the server";
    }
    if (cause instanceof CertPathBuilderException) {
      return "cannot connect: the certificate of the server is of an unknown authority";
    }
    if (cause instanceof CertificateException) {
      return "cannot connect: the certificate of the server is not valid for it";
    }
    // a connection that ends in the middle of the handshake is no fault of TLS
    if (cause instanceof SSLException && !text(cause).contains("terminated the handshake")) {
      var message = text(cause).toLowerCase(Locale.ROOT);
      return message.contains("path building failed")
          ? "cannot connect: the certificate of the server is of an unknown authority"
          : "cannot connect: TLS failed" + (message.contains("alert") ? ": " + text(cause) : "");
    }
    if (cause instanceof ConnectException) {
      var unresolved =
          causes(cause).stream().anyMatch(UnresolvedAddressException.class::isInstance);
      return unresolved
          ? "cannot connect: the name of the server cannot be resolved"
          : "cannot connect: connection refused";
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return "no answer in time";
    }
    return "";
  }

  /** From the innermost, which knows best, to the outermost; the last one is never missing. */
  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown; cause != null && causes.size() < 20; cause = cause.getCause()) {
      causes.add(0, cause);
    }
    return causes;
  }

  private static String text(Throwable cause) {
    var message = cause.getMessage();
    return message == null ? "" : Redaction.of(message);
  }
}

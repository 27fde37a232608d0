package io.meshdoctor.collector.live;

import java.io.IOException;

/** The API server answered, but not with what was asked for. */
final class ApiException extends IOException {

  private final int code;
  private final String next;

  /**
   * An answer.
   *
   * @param code status of HTTP
   * @param message what the server said, without secrets; may be empty
   * @param next token to go on with, in answers that a list has expired; may be empty
   */
  ApiException(int code, String message, String next) {
    super(label(code) + (message.isEmpty() ? "" : ": " + message));
    this.code = code;
    this.next = next;
  }

  int code() {
    return code;
  }

  String next() {
    return next;
  }

  private static String label(int code) {
    return switch (code) {
      case 401 -> "unauthorized (401)";
      case 403 -> "forbidden (403)";
      case 404 -> "not found (404)";
      case 410 -> "expired (410)";
      case 429 -> "too many requests (429)";
      default -> code >= 500 ? "server error (%d)".formatted(code) : "status %d".formatted(code);
    };
  }
}

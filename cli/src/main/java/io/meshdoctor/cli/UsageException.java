package io.meshdoctor.cli;

/**
 * The command line is well formed, but what it names is not there or cannot be used. The message is
 * one line: what, then how.
 */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}

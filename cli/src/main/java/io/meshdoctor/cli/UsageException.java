package io.meshdoctor.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The command line is well formed, but what it names is not there or cannot be used. The message is
 * one line: what, then how.
 */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /**
   * Says why something cannot be written.
   *
   * @param what that is
   */
  static UsageException unwritable(String what, Path file, IOException failed) {
    String reason = String.valueOf(failed.getMessage());
    if (failed instanceof NoSuchFileException) {
      reason = "there is no such directory";
    } else if (failed instanceof AccessDeniedException) {
      reason = "permission denied";
    }
    return new UsageException("%s cannot be written to %s: %s".formatted(what, file, reason));
  }
}

package io.meshdoctor.engine;

/** Rules do not compile; the message is the compiler's, which names no place. */
final class RuleCompilationException extends Exception {

  private static final long serialVersionUID = 1L;

  RuleCompilationException(String message) {
    super(message.lines().findFirst().orElse(""));
  }
}

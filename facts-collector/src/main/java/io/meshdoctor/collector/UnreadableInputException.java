package io.meshdoctor.collector;

/** An input that cannot be read at all; the message is one line: what, where, what to do. */
public final class UnreadableInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableInputException(String message) {
    super(message);
  }
}

package io.meshdoctor.engine;

/** What somebody names is not in a mesh, or may mean several things. The message is one line. */
public final class UnknownPlaceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownPlaceException(String message) {
    super(message);
  }
}

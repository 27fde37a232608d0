package io.meshdoctor.collector.live;

import java.io.IOException;

/** A context of a kubeconfig cannot be used; the message says why in one line, without secrets. */
final class UnusableContextException extends IOException {
  UnusableContextException(String message) {
    super(message);
  }
}

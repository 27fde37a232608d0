package io.meshdoctor.collector.probe;

/**
 * What one attempt came to.
 *
 * @param ok whether it succeeded
 * @param text what was answered; empty for connections
 * @param error what the client printed of its failure; empty where it succeeded
 */
record ProbeAnswer(boolean ok, String text, String error) {

  static ProbeAnswer succeeded(String text) {
    return new ProbeAnswer(true, text, "");
  }

  static ProbeAnswer failed(String error) {
    return new ProbeAnswer(false, "", error);
  }
}

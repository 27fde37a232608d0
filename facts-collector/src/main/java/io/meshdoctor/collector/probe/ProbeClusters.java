package io.meshdoctor.collector.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The clusters that probes run in, by the names of their kubectl contexts. Messages of errors say
 * why in a few words, without secrets.
 */
public interface ProbeClusters extends AutoCloseable {

  /**
   * What a program came to.
   *
   * @param exit its exit status, -1 where it could not be started
   * @param out what it printed, shortened
   * @param err what it printed as errors, shortened; or why it could not be started
   */
  record Ran(int exit, String out, String err) {}

  /** A pod as it runs now; absent where there is none of the name. */
  Optional<ProbePod> pod(String context, String namespace, String name) throws IOException;

  /**
   * Runs a program in a container, and waits until it ends.
   *
   * @param most how long to wait
   * @throws IOException if it cannot be run, or does not end in time
   */
  Ran run(String context, ProbeClient client, List<String> command, Duration most)
      throws IOException;

  /** Creates a namespace that no proxies are injected in. */
  void createNamespace(String context, String namespace) throws IOException;

  /**
   * Creates a pod without a proxy, which ends by itself.
   *
   * @param port port that it listens on
   * @param lifetime when it ends at the latest
   * @param command what runs in it
   */
  void createPod(
      String context,
      String namespace,
      String name,
      String image,
      int port,
      Duration lifetime,
      List<String> command)
      throws IOException;

  /**
   * Deletes a namespace and all that is in it. Has time of its own, whatever became of the run; one
   * that is not there is deleted.
   */
  void deleteNamespace(String context, String namespace) throws IOException;

  /** Ends the connections to the clusters. */
  @Override
  void close();
}

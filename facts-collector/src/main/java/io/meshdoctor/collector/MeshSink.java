package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;

/**
 * Takes what is read of live clusters, piece by piece as it arrives, and from several threads at
 * once.
 */
public interface MeshSink {

  /** Begins what is unread of no cluster: a context that may lead to one, and its name. */
  String CONTEXT = "context ";

  /**
   * A page that a pod showed: one of istiod's debug endpoints, its log, or a page of Envoy.
   *
   * @param kind what it is
   * @param cluster operator's name of the cluster
   * @param namespace namespace of the pod
   * @param pod name of the pod
   * @param name name of the debug endpoint; empty for other kinds
   */
  record PodPage(InputKind kind, String cluster, String namespace, String pod, String name) {}

  /**
   * Begins a cluster, before anything else of it.
   *
   * @param cluster operator's name of the cluster
   * @param context the kubectl context that leads to it
   * @param server URL of its API server
   */
  void cluster(String cluster, String context, String server);

  /** Whether objects are wanted whole; else without what facts are never made of. */
  boolean wantsWholeObjects();

  /**
   * Takes one Kubernetes object, which is not used afterwards. Secrets come with all that was read
   * of them.
   *
   * @param apiVersion group and version ({@code apps/v1})
   * @throws IOException if nothing is taken any more
   */
  void object(String cluster, String apiVersion, String kind, JsonNode object) throws IOException;

  /** Notes that all objects of a kind were taken. */
  void listed(String cluster, String kind);

  /**
   * Takes a page.
   *
   * @param body its bytes, to be read to their end; closed by the caller
   * @throws IOException if it ends early or is not what was expected; the message says why in one
   *     line, and quotes nothing of it
   */
  void page(PodPage page, InputStream body) throws IOException;

  /**
   * Notes that something could not be read.
   *
   * @param cluster operator's name of the cluster; empty where it is of none
   * @param what a kind, as in {@link io.meshdoctor.facts.Listed#kind}, or a name for people
   * @param reason why, in a few words
   */
  void unread(String cluster, String what, String reason);
}

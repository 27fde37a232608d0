package io.meshdoctor.collector.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters whose pods are told beforehand, and which remember what was asked of them. */
final class FakePods implements ProbeClusters {

  @Override
  public void close() {}

  final List<String> changes = new ArrayList<>();
  final List<List<String>> commands = new ArrayList<>();
  final List<ProbeClient> clients = new ArrayList<>();
  private final Map<String, ProbePod> pods = new HashMap<>();
  private final Map<String, Deque<Object>> programs = new HashMap<>();
  String failing = "";
  boolean madeAreReady = true;
  Runnable whenAsked = () -> {};

  FakePods with(String context, ProbePod pod) {
    pods.put(context + "/" + pod.namespace() + "/" + pod.name(), pod);
    return this;
  }

  /** A program of a pod ends in these ways, one after the other, the last one ever after. */
  FakePods program(String pod, String name, Object... ends) {
    programs.put(pod + "/" + name, new ArrayDeque<>(List.of(ends)));
    return this;
  }

  static ProbePod plain(String namespace, String name, String ip) {
    return new ProbePod(
        namespace, name, ip, "main", "registry/app", List.of(8080), false, false, false, true);
  }

  static ProbePod proxied(String namespace, String name, String ip) {
    return new ProbePod(
        namespace, name, ip, "main", "registry/app", List.of(8080), true, false, false, true);
  }

  @Override
  public Optional<ProbePod> pod(String context, String namespace, String name) throws IOException {
    whenAsked.run();
    failIf("pod");
    var made = changes.contains("create %s/%s/%s".formatted(context, namespace, name));
    return made && madeAreReady
        ? Optional.of(plain(namespace, name, "10.9.9.9"))
        : Optional.ofNullable(pods.get(context + "/" + namespace + "/" + name));
  }

  @Override
  public Ran run(String context, ProbeClient client, List<String> command, Duration most)
      throws IOException {
    commands.add(command);
    clients.add(client);
    var name = command.get(0).equals("timeout") ? command.get(2) : command.get(0);
    var ends = programs.get(client.pod() + "/" + name);
    if (ends == null) {
      return new Ran(-1, "", "exec: \"%s\": executable file not found in $PATH".formatted(name));
    }
    var end = ends.size() > 1 ? ends.removeFirst() : ends.getFirst();
    if (end instanceof IOException broken) {
      throw broken;
    }
    return (Ran) end;
  }

  @Override
  public void createNamespace(String context, String namespace) throws IOException {
    changes.add("create %s/%s".formatted(context, namespace));
    failIf("namespace");
  }

  @Override
  public void createPod(
      String context,
      String namespace,
      String name,
      String image,
      int port,
      Duration lifetime,
      List<String> command)
      throws IOException {
    failIf("create pod");
    changes.add("create %s/%s/%s".formatted(context, namespace, name));
  }

  @Override
  public void deleteNamespace(String context, String namespace) throws IOException {
    changes.add("delete %s/%s".formatted(context, namespace));
    failIf("delete");
  }

  private void failIf(String what) throws IOException {
    if (failing.equals(what)) {
      throw new IOException("forbidden (403)");
    }
  }
}

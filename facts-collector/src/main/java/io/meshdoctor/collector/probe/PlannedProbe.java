package io.meshdoctor.collector.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * A probe that can be run.
 *
 * @param kind what it tests
 * @param from operator's name of the cluster that it runs in
 * @param context kubectl context that leads there
 * @param clients containers that may run it, the best first: the next one runs it where one has no
 *     program for it
 * @param target what it goes to
 * @param attempts how often it is tried
 */
public record PlannedProbe(
    ProbeKind kind,
    String from,
    String context,
    List<ProbeClient> clients,
    ProbeTarget target,
    int attempts) {

  public PlannedProbe {
    clients = List.copyOf(clients);
  }

  /** What it does, in a few words. */
  public String title() {
    return "%s from %s to %s (%s), %s"
        .formatted(
            kind.word(),
            from,
            target.authority() + target.path(),
            target.what(),
            attempts == 1 ? "once" : attempts + " times");
  }

  /** The command that does the same by kubectl. */
  public String command() {
    return command(clients.get(0), ProbeProgram.of(target).get(0));
  }

  String command(ProbeClient client, ProbeProgram program) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("kubectl", "--context=" + context, "-n", client.namespace(), "exec"));
    words.addAll(List.of(client.pod(), "-c", client.container(), "--"));
    words.addAll(program.command(target));
    return ShellWords.of(words);
  }
}

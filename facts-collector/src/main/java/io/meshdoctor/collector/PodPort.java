package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A port that a container of a pod declares.
 *
 * @param name its name; empty where it has none
 */
record PodPort(String name, int number) {

  /** Ports of all containers that go on running, but for the proxy's own. */
  static List<PodPort> of(JsonNode spec) {
    List<PodPort> ports = new ArrayList<>();
    for (var container : spec.path("containers")) {
      add(container, ports);
    }
    for (var container : spec.path("initContainers")) {
      if (Fields.text(container, "restartPolicy").equals("Always")) {
        add(container, ports);
      }
    }
    return ports;
  }

  private static void add(JsonNode container, List<PodPort> ports) {
    if (Fields.text(container, "name").equals(PodTemplate.PROXY)) {
      return;
    }
    for (var port : container.path("ports")) {
      ports.add(new PodPort(Fields.text(port, "name"), Fields.number(port, 0, "containerPort")));
    }
  }

  /** What a Service can call it. */
  Stream<String> titles() {
    return Stream.of(name, String.valueOf(number)).filter(title -> !title.isEmpty());
  }
}

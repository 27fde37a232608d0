package io.meshdoctor.facts;

import java.util.List;

/**
 * A port of a Service that leads to one that none of its pods declares. By a name it leads nowhere
 * then; by a number it leads to whatever listens there.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the Service
 * @param service name of the Service
 * @param host host name of the Service
 * @param port port of the Service
 * @param target number or name of the port of the pods
 * @param declared numbers and names of the ports that the pods declare, those of their proxy left
 *     out
 * @param workload what owns some of the pods
 * @param origin where it was seen
 */
public record UndeclaredPort(
    String cluster,
    String namespace,
    String service,
    String host,
    int port,
    String target,
    List<String> declared,
    String workload,
    Origin origin)
    implements Fact {

  public UndeclaredPort {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    service = Normal.text(service);
    host = Normal.text(host);
    target = Normal.text(target);
    declared = Normal.list(declared);
    workload = Normal.text(workload);
    origin = Normal.origin(origin);
  }

  /** Whether the Service gives the name of a port, not its number. */
  public boolean isNamed() {
    return !isNumber(target);
  }

  /** {@link #meant} as JSON: a number, or a text in quotes. */
  public String meantAsJson(KubeService other) {
    var meant = meant(other);
    return isNumber(meant) ? meant : "\"" + meant + "\"";
  }

  private static boolean isNumber(String port) {
    return port.chars().allMatch(Character::isDigit);
  }

  /**
   * Where the port is to lead: where the same Service of another cluster does, if the pods have
   * that port; else to the only one that they have.
   *
   * @return number or name, or a placeholder where several may be meant
   */
  String meant(KubeService other) {
    var others = other.portNumbered(port).target();
    var numbers = declared.stream().filter(UndeclaredPort::isNumber).toList();
    return declared.contains(others)
        ? others
        : numbers.size() == 1 ? numbers.get(0) : "<port-of-" + workload + ">";
  }

  @Override
  public String describe() {
    return "port %d of service %s/%s in %s leads to port %s, which its pods do not declare (they have %s)"
        .formatted(
            port,
            namespace,
            service,
            cluster,
            target,
            declared.isEmpty() ? "none" : String.join(", ", declared));
  }
}

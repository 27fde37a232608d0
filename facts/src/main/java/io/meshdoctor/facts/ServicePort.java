package io.meshdoctor.facts;

/**
 * A port of a Service.
 *
 * @param name its name; empty where it has none
 * @param number its number
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param targetPort number or name of the container port; empty where it says nothing
 */
public record ServicePort(String name, int number, String protocol, String targetPort)
    implements Evidence {

  public ServicePort {
    name = Normal.text(name);
    protocol = Normal.text(protocol);
    targetPort = Normal.text(targetPort);
  }

  /** Its name, for a sentence. */
  public String title() {
    return name.isEmpty() ? "(without a name)" : name;
  }

  /**
   * Number or name of the port of its pods that it leads to: its own number where it says nothing.
   */
  public String target() {
    return targetPort.isEmpty() ? String.valueOf(number) : targetPort;
  }

  /** Whether it leads to a port of its pods by the name that they give it. */
  boolean isNamed() {
    return !targetPort.isEmpty() && !targetPort.chars().allMatch(Character::isDigit);
  }

  /** Whether it leads to this port of its pods. */
  boolean isLeadingTo(int target) {
    return target().equals(String.valueOf(target));
  }

  ServicePort withName(String other) {
    return new ServicePort(other, number, protocol, targetPort);
  }

  ServicePort withNumber(int other) {
    return new ServicePort(name, other, protocol, targetPort);
  }

  /** Whether it has the other's name. */
  boolean isCalledLike(ServicePort other) {
    return protocol.equals(other.protocol) && name.equals(other.name);
  }

  /** Whether it has the other's number. */
  boolean isNumberedLike(ServicePort other) {
    return protocol.equals(other.protocol) && number == other.number;
  }

  /** Whether it has the other's number, and another name. */
  boolean isNamedUnlike(ServicePort other) {
    return isNumberedLike(other) && !name.equals(other.name);
  }

  /** Whether it has the other's name, and another number. */
  boolean isNumberedUnlike(ServicePort other) {
    return isCalledLike(other) && number != other.number;
  }

  @Override
  public String describe() {
    return name + ":" + number;
  }
}

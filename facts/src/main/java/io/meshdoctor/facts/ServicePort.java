package io.meshdoctor.facts;

/**
 * A port of a Service.
 *
 * @param name its name; empty where it has none
 * @param number its number
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param targetPort number or name of the container port
 */
public record ServicePort(String name, int number, String protocol, String targetPort)
    implements Evidence {

  public ServicePort {
    name = Normal.text(name);
    protocol = Normal.text(protocol);
    targetPort = Normal.text(targetPort);
  }

  @Override
  public String describe() {
    return name + ":" + number;
  }
}

package io.meshdoctor.collector.probe;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pod as it runs now.
 *
 * @param namespace its namespace
 * @param name its name
 * @param ip its IP address; empty where it has none yet
 * @param container its own container; empty where all it has is a proxy
 * @param image image of that container
 * @param ports numbers of TCP ports that its own containers declare
 * @param proxied it has a container {@code istio-proxy}
 * @param captured a ztunnel catches its traffic
 * @param hostNetwork {@code spec.hostNetwork}
 * @param ready condition {@code Ready}
 */
public record ProbePod(
    String namespace,
    String name,
    String ip,
    String container,
    String image,
    List<Integer> ports,
    boolean proxied,
    boolean captured,
    boolean hostNetwork,
    boolean ready) {

  /** Name of the container of a proxy. */
  public static final String PROXY = "istio-proxy";

  private static final Pattern CLIENT_IMAGE =
      Pattern.compile("(?i)curl|busybox|alpine|netshoot|netutils|toolbox|debug");

  public ProbePod {
    ports = List.copyOf(ports);
  }

  /** Whether it can be expected to have a program that makes requests. */
  boolean isLikelyClient() {
    return CLIENT_IMAGE.matcher(image).find();
  }

  /** Whether requests of its own go through a proxy. */
  boolean isMeshed() {
    return proxied || captured;
  }
}

package io.meshdoctor.facts;

import java.util.List;
import java.util.Objects;

/**
 * Requests of pods that do not go through the proxy they have, by the settings that its traffic
 * redirection was made with.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pods
 * @param workload what owns the pods
 * @param pod name of one of them
 * @param includedRanges ranges of addresses that are caught; {@code *} for all
 * @param excludedRanges ranges of addresses that are not
 * @param includedPorts ports that are caught, whatever the address
 * @param excludedPorts ports that are not, whatever the address
 * @param origin where it was seen
 */
public record OutboundExclusion(
    String cluster,
    String namespace,
    String workload,
    String pod,
    List<String> includedRanges,
    List<String> excludedRanges,
    List<String> includedPorts,
    List<String> excludedPorts,
    Origin origin)
    implements Fact {

  private static final String ALL = "*";

  public OutboundExclusion {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    workload = Normal.text(workload);
    pod = Normal.text(pod);
    includedRanges = Normal.list(includedRanges);
    excludedRanges = Normal.list(excludedRanges);
    includedPorts = Normal.list(includedPorts);
    excludedPorts = Normal.list(excludedPorts);
    origin = Normal.origin(origin);
  }

  /** Whether requests to a port of a Service go round the proxy. */
  public boolean isLeavingOut(int port, KubeService service) {
    return !setting(port, service).isEmpty();
  }

  /**
   * The setting by which requests to a port of a Service go round the proxy, without the prefix of
   * its annotation: {@code excludeOutboundPorts}; empty where they go through it, or where the
   * Service has no address of its own to tell by.
   */
  public String setting(int port, KubeService service) {
    var number = String.valueOf(port);
    if (excludedPorts.contains(number)) {
      return "excludeOutboundPorts";
    }
    var addresses =
        service.clusterIps().stream().map(AddressRange::of).filter(Objects::nonNull).toList();
    if (addresses.isEmpty()) {
      return "";
    }
    if (addresses.stream().allMatch(address -> isAmong(excludedRanges, address))) {
      return "excludeOutboundIPRanges";
    }
    boolean caught =
        includedPorts.contains(number)
            || includedPorts.contains(ALL)
            || includedRanges.contains(ALL)
            || addresses.stream().anyMatch(address -> isAmong(includedRanges, address));
    return caught ? "" : "includeOutboundIPRanges";
  }

  private static boolean isAmong(List<String> ranges, AddressRange address) {
    return ranges.stream()
        .map(AddressRange::of)
        .filter(Objects::nonNull)
        .anyMatch(address::isOverlapping);
  }

  @Override
  public String describe() {
    return "some requests of pods of %s/%s in %s go round their proxy%s%s%s"
        .formatted(
            namespace,
            workload,
            cluster,
            excludedPorts.isEmpty() ? "" : ", those to port " + String.join(",", excludedPorts),
            excludedRanges.isEmpty() ? "" : ", those to " + String.join(",", excludedRanges),
            includedRanges.contains(ALL)
                ? ""
                : includedRanges.isEmpty()
                    ? ", those to all addresses"
                    : ", those to others than " + String.join(",", includedRanges));
  }
}

package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which VirtualService of a control plane counts for proxies of a namespace and a host: of those
 * that they see and that name this host, one that only their namespace sees goes before one that is
 * exported to it by name, and that before one that all see; then the oldest counts.
 *
 * <p>As {@code SelectVirtualServices} of {@code pilot/pkg/model/virtualservice.go} orders them, and
 * as the reference of VirtualService says of {@code exportTo}.
 */
final class VirtualServices {

  /** Any namespace that no VirtualService names, or is in. */
  static final String OTHERS = "*";

  private static final Comparator<VirtualServiceObject> OLDEST_FIRST =
      Comparator.comparing(
              VirtualServiceObject::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(VirtualServiceObject::key);

  private final Map<String, List<VirtualServiceObject>> byHost = new LinkedHashMap<>();
  private final List<String> byDefault;

  /**
   * Of one control plane.
   *
   * @param byDefault {@code defaultVirtualServiceExportTo}
   */
  VirtualServices(
      Collection<VirtualServiceObject> services, List<String> byDefault, String domain) {
    this.byDefault = byDefault;
    services.stream()
        .filter(VirtualServiceObject::isForMesh)
        .sorted(OLDEST_FIRST)
        .forEach(
            service ->
                service
                    .fullHosts(domain)
                    .forEach(
                        host ->
                            byHost.computeIfAbsent(host, key -> new ArrayList<>()).add(service)));
  }

  /**
   * Namespaces whose proxies follow a VirtualService for one of its hosts; {@link #OTHERS} stands
   * for all that none of that host is in or exported to by name.
   */
  List<String> clientsOf(VirtualServiceObject service, String host) {
    var rivals = byHost.getOrDefault(host, List.of());
    SortedSet<String> namespaces = new TreeSet<>(List.of(OTHERS));
    for (var rival : rivals) {
      namespaces.add(rival.key().namespace());
      namespaces.addAll(Visibility.named(rival.exportTo()));
    }
    return namespaces.stream().filter(clients -> service.equals(first(rivals, clients))).toList();
  }

  private @Nullable VirtualServiceObject first(List<VirtualServiceObject> rivals, String clients) {
    return Stream.<Predicate<Visibility>>of(
            Visibility::isPrivate, sight -> !sight.isEverywhere(), Visibility::isEverywhere)
        .flatMap(
            rank ->
                rivals.stream()
                    .filter(rival -> visibility(rival).isIn(clients))
                    .filter(rival -> rank.test(visibility(rival))))
        .findFirst()
        .orElse(null);
  }

  private Visibility visibility(VirtualServiceObject service) {
    return new Visibility(service.exportTo(), byDefault, service.key().namespace());
  }
}

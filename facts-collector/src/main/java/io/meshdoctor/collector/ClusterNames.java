package io.meshdoctor.collector;

import io.meshdoctor.collector.Recognition.OfCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to call the clusters of recordings that hold one cluster each: by the kubectl context that
 * they were made with. Teams that know of one cluster only call it alike ({@code default}); then
 * the files tell them apart.
 */
final class ClusterNames {

  private ClusterNames() {}

  /**
   * A name for each of them, by its source.
   *
   * @throws UnreadableInputException if two of them are of one cluster, or cannot be told apart
   */
  static Map<Path, String> of(Collection<OfCluster> recordings) {
    Map<String, List<OfCluster>> byContext = new TreeMap<>();
    for (var one : recordings) {
      byContext.computeIfAbsent(one.context(), context -> new ArrayList<>()).add(one);
    }
    Map<Path, String> names = new LinkedHashMap<>();
    byContext.forEach(
        (context, alike) -> {
          var isName = !context.isEmpty() && alike.size() == 1;
          if (!context.isEmpty()) {
            checkAreDifferent(context, alike);
          }
          alike.forEach(one -> names.put(one.source(), name(isName ? context : one.givenName())));
        });
    checkAreUnique(names);
    return names;
  }

  /** Whether a name is that of a context, and not of a file. */
  static boolean isOf(String name, String context) {
    return name.equals(name(context));
  }

  /** A name is one directory of a bundle. */
  private static String name(String contextOrFile) {
    return contextOrFile.replace('/', '_');
  }

  private static void checkAreDifferent(String context, List<OfCluster> alike) {
    var servers = new HashSet<String>();
    for (var one : alike) {
      if (alike.size() > 1 && (one.server().isEmpty() || !servers.add(one.server()))) {
        throw new UnreadableInputException(
            "%s and %s are both of cluster %s; leave one out"
                .formatted(alike.get(0).source(), alike.get(alike.size() - 1).source(), context));
      }
    }
  }

  private static void checkAreUnique(Map<Path, String> names) {
    Map<String, Path> sources = new HashMap<>();
    names.forEach(
        (source, name) -> {
          var other = sources.put(name, source);
          if (other != null) {
            throw new UnreadableInputException(
                "%s and %s would both be cluster %s; rename one of them"
                    .formatted(other, source, name));
          }
        });
  }
}

package io.meshdoctor.cli;

import io.meshdoctor.collector.live.AccessReview;
import io.meshdoctor.collector.live.AccessReview.Answer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a user may read in each cluster: a line for each right, a column for each cluster. */
final class AccessTable {

  private static final String GAP = "  ";

  private final Set<String> clusters = new LinkedHashSet<>();
  private final Map<String, Map<String, AccessReview>> rights = new LinkedHashMap<>();

  AccessTable(List<AccessReview> reviews) {
    for (var review : reviews) {
      clusters.add(review.cluster());
      rights
          .computeIfAbsent(right(review), r -> new LinkedHashMap<>())
          .put(review.cluster(), review);
    }
  }

  private static String right(AccessReview review) {
    return review.group().isEmpty()
        ? "%s %s".formatted(review.verb(), review.resource())
        : "%s %s.%s".formatted(review.verb(), review.resource(), review.group());
  }

  void print(PrintWriter out) {
    int first = rights.keySet().stream().mapToInt(String::length).max().orElse(0);
    List<String> head = new ArrayList<>(List.of(" ".repeat(first)));
    head.addAll(clusters);
    out.println(String.join(GAP, head));
    rights.forEach((right, reviews) -> out.println(line(right, reviews, first)));
    for (var cluster : clusters) {
      rights.values().stream()
          .flatMap(reviews -> reviews.values().stream())
          .filter(review -> review.cluster().equals(cluster))
          .filter(review -> review.answer() == Answer.UNKNOWN)
          .findFirst()
          .ifPresent(
              review ->
                  out.println("%s could not be asked: %s".formatted(cluster, review.reason())));
    }
    out.flush();
  }

  private String line(String right, Map<String, AccessReview> reviews, int first) {
    List<String> cells = new ArrayList<>(List.of(padded(right, first)));
    var needed = "";
    for (var cluster : clusters) {
      var review = reviews.get(cluster);
      cells.add(
          padded(review == null ? "?" : word(review.answer()), Math.max(3, cluster.length())));
      if (review != null && review.answer() != Answer.ALLOWED) {
        needed = review.needed();
      }
    }
    cells.add(needed.isEmpty() ? "" : "needed for: " + needed);
    return String.join(GAP, cells).stripTrailing();
  }

  private static String word(Answer answer) {
    return switch (answer) {
      case ALLOWED -> "yes";
      case DENIED -> "no";
      case UNKNOWN -> "?";
    };
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}

package io.meshdoctor.facts;

import java.util.List;

/**
 * What a rule concluded. From which facts is not part of it: the rule engine knows that, and
 * forgets the finding when they go.
 *
 * @param code id of the rule, such as {@code MD301}
 * @param title name of the rule: the fault in general words
 * @param severity how bad it is
 * @param confidence how sure it is
 * @param stage stage of the path that it is a fault of
 * @param message the fault in the words of this mesh: one sentence that stands on its own, lower
 *     case, no full stop, no cure
 * @param scope clusters and service that it is about
 * @param shows the symptoms that it can show as
 * @param effect whether it is only the effect of some cause, which is the root where it is found
 * @param clusters operator's names of the clusters that it is about, sorted
 * @param objects the objects that are at fault, sorted
 * @param fix commands that mend it, ready to be pasted
 * @param changes what these do to the facts, in this order; empty where facts do not show it
 * @param breaks when it begins to show, where it may not show yet
 */
public record Finding(
    String code,
    String title,
    Severity severity,
    Confidence confidence,
    Stage stage,
    String message,
    Scope scope,
    List<SymptomKind> shows,
    boolean effect,
    List<String> clusters,
    List<ObjectRef> objects,
    List<String> fix,
    List<Change> changes,
    List<Moment> breaks)
    implements Evidence {

  public Finding {
    shows = List.copyOf(shows);
    clusters = clusters.stream().distinct().sorted().toList();
    objects = objects.stream().distinct().sorted().toList();
    fix = List.copyOf(fix);
    changes = List.copyOf(changes);
    breaks = List.copyOf(breaks);
  }

  /** Whether it can show as something that the other, an effect, shows as too. */
  public boolean showingLike(Finding other) {
    return shows.stream().anyMatch(other.shows::contains);
  }

  /** Whether one object is at fault in both. */
  public boolean isSharingObjectWith(Finding other) {
    return objects.stream().anyMatch(other.objects::contains);
  }

  /** Whether a namespace is at fault that an object of the other is in. */
  public boolean isAboutNamespaceOf(Finding other) {
    return objects.stream()
        .filter(own -> own.kind().equals("namespace"))
        .anyMatch(
            own ->
                other.objects.stream()
                    .filter(inside -> inside.cluster().equals(own.cluster()))
                    .anyMatch(inside -> inside.namespace().equals(own.name())));
  }

  @Override
  public String describe() {
    return message;
  }
}

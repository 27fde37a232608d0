package io.meshdoctor.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A rule to begin with: a whole one, with its page and its cases, that finds something simple.
 *
 * @param id id of the rule
 * @param title name of the rule
 */
record RuleSkeleton(String id, String title) {

  /** The title as a name of files. */
  String slug() {
    return title
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "-")
        .replaceAll("^-|-$", "");
  }

  /** Name of its folder. */
  String folder() {
    return id + "-" + slug();
  }

  /** Text of each file, by its path in the folder. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(slug() + ".drl", rule());
    files.put(slug() + ".md", page());
    files.put("cases/fires-when-an-istiod-is-not-ready.yaml", fires());
    files.put("cases/silent-when-all-are-ready.yaml", silent());
    files.put("cases/silent-when-the-pods-could-not-be-read.yaml", unread());
    return files;
  }

  private String rule() {
    return """
    package own.rules;

    import io.meshdoctor.facts.*;
    import io.meshdoctor.rules.Conclude;

    // An example that runs. Put your own condition in its place, and then your own cases.
    rule "%s"
        @id( %s )
        @severity( WARNING )
    when
        // what the rule speaks about
        $cluster : Cluster()
        // what must have been read completely; without it the rule is undecided
        $read    : Listed( cluster == $cluster.name, kind == "Pod" )
        // what is wrong
        $istiod  : Istiod( cluster == $cluster.name, ready == false )
    then
        insertLogical( Conclude.that( kcontext, "istiod %%s of %%s is not ready", $istiod.pod(), $cluster.name() )
            .outOf( $cluster.name() )
            .object( $istiod )
            .fix( "kubectl --context=%%s -n %%s rollout restart deployment/%%s",
                $cluster.context(), $istiod.namespace(), $istiod.deployment() )
            .changing( $istiod ).to( "ready", true )
            .finding() );
    end
    """
        .formatted(title, id);
  }

  private String page() {
    return """
    # %s: %s

    ## What breaks
    What its readers see: the log line, the status code, verbatim.

    ## Why
    How it comes to that, in two or three sentences.

    ## Confirm
        kubectl -n istio-system get pods -l app=istiod

    ## Fix
    Restart istiod, which then becomes ready. The first sentence of this part is printed in reports.

    ## False alarms
    When this finding may be ignored.
    """
        .formatted(id, title);
  }

  private String fires() {
    return """
    # Facts name only what matters here; what is left out is empty, 0 or false.
    given:
      - Cluster: { name: east, id: c1, context: east }
      - Listed: { cluster: east, kind: Pod }
      - Istiod: { cluster: east, namespace: istio-system, pod: istiod-1, ready: false }
    expect:
      - %s: istiod istiod-1 of east is not ready
    """
        .formatted(id);
  }

  private static String silent() {
    return """
    given:
      - Cluster: { name: east, id: c1, context: east }
      - Listed: { cluster: east, kind: Pod }
      - Istiod: { cluster: east, namespace: istio-system, pod: istiod-1, ready: true }
    expect: []
    """;
  }

  private static String unread() {
    return """
    # Not seen is not the same as not there.
    given:
      - Cluster: { name: east, id: c1, context: east }
    expect: []
    undecided: true
    """;
  }
}

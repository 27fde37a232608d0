package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All facts of one mesh.
 *
 * @param mesh name of the mesh
 * @param collectedAt when they were read from the clusters; null where that is not known
 * @param facts the facts
 */
public record MeshFacts(String mesh, @Nullable Instant collectedAt, List<Fact> facts) {

  public MeshFacts {
    facts = List.copyOf(facts);
  }
}

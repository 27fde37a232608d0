package io.meshdoctor.engine;

import java.util.Optional;

/**
 * One of many meshes.
 *
 * @param source where it was read, as the user named it; empty where there is only this mesh
 * @param name what to call it; no two of a fleet are called the same
 * @param diagnosis its diagnosis; absent where there is none
 * @param failure why there is none; empty where there is one
 * @param broken whether that is so because the program failed, and not because of what it read
 */
public record FleetMesh(
    String source, String name, Optional<Diagnosis> diagnosis, String failure, boolean broken) {

  /** One that was diagnosed. */
  public static FleetMesh of(String source, Diagnosis diagnosis) {
    return new FleetMesh(source, diagnosis.mesh(), Optional.of(diagnosis), "", false);
  }

  /** One that could not be read. */
  public static FleetMesh unreadable(String source, String name, String reason) {
    return new FleetMesh(source, name, Optional.empty(), reason, false);
  }

  /** One over which the program failed. */
  public static FleetMesh broken(String source, String name, String reason) {
    return new FleetMesh(source, name, Optional.empty(), reason, true);
  }

  FleetMesh named(String other) {
    return new FleetMesh(source, other, diagnosis, failure, broken);
  }
}

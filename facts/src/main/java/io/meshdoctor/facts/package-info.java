/**
 * What was seen in the clusters of a mesh, where it was seen, and what rules conclude from it.
 *
 * <p>Records only. Must not know how a fact was read (Kubernetes clients, files) or who reads it
 * (Drools, reports).
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.facts;

/**
 * Active tests of a mesh: what would be run, running it in pods, and its results in the form of the
 * bundle's contract.
 *
 * <p>Nothing here runs unless it is asked for. Must not know how clusters are reached.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.collector.probe;

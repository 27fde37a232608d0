/**
 * Turns the state of clusters into facts: sources (bundles, archives, live clusters) and one reader
 * for each kind of input, shared by all sources.
 *
 * <p>Only reads. Must not know Drools, or what a fact is good for.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.collector;

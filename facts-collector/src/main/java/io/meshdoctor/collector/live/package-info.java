/**
 * Reads live clusters through their API servers, and hands what it gets to a {@link
 * io.meshdoctor.collector.MeshSink}.
 *
 * <p>Only reads, whatever happens; {@link LivePods} alone can do what a probe was allowed to. Must
 * not know what is made of it.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.collector.live;

/**
 * A diagnosis in, a report for readers of one kind out. Must not know where reports go, nor conclude
 * anything.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.engine.report;

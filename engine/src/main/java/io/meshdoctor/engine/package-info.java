/**
 * Facts and rules in, a diagnosis out: sessions, proofs, verdicts and reports.
 *
 * <p>All that reaches into the rule engine's internals is in this package, in classes that are not
 * public. Must not know where facts come from.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.engine;

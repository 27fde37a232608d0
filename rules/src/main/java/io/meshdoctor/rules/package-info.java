/**
 * What rules conclude with. The rules themselves are in the resources of this package, one folder
 * for each.
 *
 * <p>Knows facts and the Drools API. Must not know the engine that runs the rules.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.rules;

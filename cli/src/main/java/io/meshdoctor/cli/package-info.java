/**
 * The commands: they parse, delegate, print and exit. The one package that touches the standard
 * streams; must not conclude anything.
 */
@org.jspecify.annotations.NullMarked
package io.meshdoctor.cli;

package io.meshdoctor.engine;

import io.meshdoctor.rules.Header;

/**
 * A rule that concludes something.
 *
 * @param header what it says of itself
 * @param source {@code built in}, or the file that it was read from
 * @param page its page
 */
public record RuleInfo(Header header, String source, Page page) {

  /** Id of the rule, such as {@code MD301}. */
  public String id() {
    return header.id();
  }
}

package io.meshdoctor.engine;

import io.meshdoctor.rules.Header;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the pages of the built-in rules; none is looked for before one is asked for. */
final class BuiltInPages {

  private static final Pattern PAGE =
      Pattern.compile("io/meshdoctor/rules/.*/(MD\\d{3})-[^/]*/[^/]+\\.md");

  private final ShippedFiles files = ShippedFiles.with(Header.class);
  private final Map<String, String> names = new HashMap<>();

  /** The page of a rule. */
  synchronized Optional<Page> of(String id) {
    if (names.isEmpty()) {
      for (var name : files.names(".md")) {
        var page = PAGE.matcher(name);
        if (page.matches()) {
          names.put(page.group(1), name);
        }
      }
    }
    return Optional.ofNullable(names.get(id)).map(name -> new Page(files.read(name)));
  }
}

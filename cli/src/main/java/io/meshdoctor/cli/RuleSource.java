package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.RuleInfo;
import io.meshdoctor.engine.UserRules;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes ready the built-in rules, and those that users wrote; says which of these it does not. */
final class RuleSource implements Function<RuleChoice, RuleBase> {

  private static final Path NAME = Path.of("meshdoctor", "rules");

  private final List<Path> always;
  private final Path cache;
  private final PrintWriter err;

  private RuleSource(List<Path> always, Path cache, PrintWriter err) {
    this.always = always;
    this.cache = cache;
    this.err = err;
  }

  /**
   * Beside the built-in rules, those of {@code ~/.config/meshdoctor/rules} and of the directories
   * that {@code MESHDOCTOR_RULES} names are always used.
   *
   * @param err where to name the files that cannot be used
   */
  static RuleSource of(Map<String, String> environment, PrintWriter err) {
    var home = Path.of(environment.getOrDefault("HOME", ""));
    List<Path> always = new ArrayList<>();
    var own = under(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"));
    if (Files.isDirectory(own)) {
      always.add(own);
    }
    for (var directory :
        environment.getOrDefault("MESHDOCTOR_RULES", "").split(File.pathSeparator, -1)) {
      if (!directory.isEmpty()) {
        always.add(Path.of(directory));
      }
    }
    return new RuleSource(always, cache(environment), err);
  }

  /** Where compiled rules are kept. */
  static Path cache(Map<String, String> environment) {
    var home = Path.of(environment.getOrDefault("HOME", ""));
    return under(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"));
  }

  private static Path under(@Nullable String base, Path otherwise) {
    return (base == null || base.isEmpty() ? otherwise : Path.of(base)).resolve(NAME);
  }

  @Override
  public RuleBase apply(RuleChoice choice) {
    List<Path> all = new ArrayList<>(always);
    all.addAll(choice.directories());
    var rules = load(all);
    if (choice.disabled().isEmpty()) {
      return rules;
    }
    for (var id : choice.disabled()) {
      if (rules.rule(id).isEmpty()) {
        throw new UsageException(
            "no rule is called %s, so it cannot be switched off; near are %s"
                .formatted(
                    id,
                    String.join(
                        ", ", NearIds.of(id, rules.rules().stream().map(RuleInfo::id).toList()))));
      }
    }
    return rules.switchingOff(choice.disabled());
  }

  private RuleBase load(List<Path> all) {
    var builtIn = RuleBase.builtIn();
    if (all.isEmpty()) {
      return builtIn;
    }
    var loaded = new UserRules(cache).load(builtIn, all);
    for (var problem : loaded.problems()) {
      err.printf("meshdoctor: %s%n", problem);
    }
    for (var id : loaded.replaced()) {
      loaded
          .rules()
          .rule(id)
          .ifPresent(
              rule ->
                  err.printf("meshdoctor: %s replaces the built-in rule %s%n", rule.source(), id));
    }
    err.flush();
    return loaded.rules();
  }
}

package io.meshdoctor.engine;

import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import io.meshdoctor.rules.Header;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.drools.model.Model;

/**
 * Rules that users wrote: every {@code .drl} file below some directories, read at start.
 *
 * <p>A broken file is left out and named; the others run.
 */
public final class UserRules {

  private final RuleCompiler compiler;

  /**
   * Keeps what it compiles.
   *
   * @param cache directory for compiled rules, made when it is needed
   */
  public UserRules(Path cache) {
    this.compiler = new RuleCompiler(cache);
  }

  /**
   * What became of the files.
   *
   * @param rules the built-in rules and those that could be read; {@link RuleBase#leftOut} names
   *     the others
   * @param problems what is wrong with the files that were left out
   * @param replaced ids of built-in rules that a file replaces
   */
  public record Loaded(RuleBase rules, List<RuleProblem> problems, List<String> replaced) {

    public Loaded {
      problems = List.copyOf(problems);
      replaced = List.copyOf(replaced);
    }
  }

  /**
   * Adds the rules of some directories to others.
   *
   * @param builtIn the rules to add them to
   * @param directories where to look; one that does not exist is a problem like a broken file
   */
  public Loaded load(RuleBase builtIn, List<Path> directories) {
    List<RuleProblem> problems = new ArrayList<>();
    SortedMap<String, String> good = new TreeMap<>();
    for (var file : files(directories, problems)) {
      read(file, problems)
          .ifPresent(
              text -> {
                var own = RuleLint.check(file.toString(), text);
                if (own.isEmpty()) {
                  good.put(file.toString(), text);
                } else {
                  problems.addAll(own);
                }
              });
    }
    Map<String, List<Model>> compiled = compile(good, problems);
    return combine(builtIn, compiled, problems);
  }

  private static List<Path> files(List<Path> directories, List<RuleProblem> problems) {
    List<Path> files = new ArrayList<>();
    for (var directory : directories) {
      try (var below = Files.walk(directory)) {
        below.filter(file -> file.toString().endsWith(".drl")).sorted().forEach(files::add);
      } catch (IOException unreadable) {
        problems.add(
            new RuleProblem(
                directory.toString(), 0, 0, "is no directory of rules that can be read"));
      }
    }
    return files;
  }

  private static Optional<String> read(Path file, List<RuleProblem> problems) {
    try {
      return Optional.of(Files.readString(file));
    } catch (MalformedInputException notText) {
      problems.add(new RuleProblem(file.toString(), 0, 0, "is not text in UTF-8"));
    } catch (IOException unreadable) {
      problems.add(new RuleProblem(file.toString(), 0, 0, "cannot be read"));
    }
    return Optional.empty();
  }

  /** One by one: each is kept by itself, and one that fails costs the others nothing. */
  private Map<String, List<Model>> compile(
      SortedMap<String, String> files, List<RuleProblem> problems) {
    Map<String, List<Model>> compiled = new TreeMap<>();
    for (var file : files.entrySet()) {
      try {
        compiled.put(
            file.getKey(), compiler.compile(new TreeMap<>(Map.of(file.getKey(), file.getValue()))));
      } catch (RuleCompilationException wrong) {
        problems.add(
            new RuleProblem(file.getKey(), 0, 0, "does not compile: " + wrong.getMessage()));
      }
    }
    return compiled;
  }

  private static Loaded combine(
      RuleBase builtIn, Map<String, List<Model>> compiled, List<RuleProblem> problems) {
    List<Model> models = new ArrayList<>();
    Map<String, String> sources = new HashMap<>();
    Map<String, Page> pages = new HashMap<>();
    Set<String> replaced = new HashSet<>();
    compiled.forEach(
        (file, ofFile) -> {
          Set<String> ids = new HashSet<>();
          for (var model : ofFile) {
            for (var rule : model.getRules()) {
              ids.add(Header.of(rule.getName(), rule.getMetaData()).id());
            }
          }
          var taken = ids.stream().filter(sources::containsKey).sorted().findFirst();
          if (taken.isPresent()) {
            problems.add(
                new RuleProblem(
                    file,
                    0,
                    0,
                    "has the id %s, as has %s".formatted(taken.get(), sources.get(taken.get()))));
            return;
          }
          models.addAll(ofFile);
          for (var id : ids) {
            sources.put(id, file);
            page(Path.of(file)).ifPresent(page -> pages.put(id, page));
            if (builtIn.rule(id).isPresent()) {
              replaced.add(id);
            }
          }
        });
    var rules = models.isEmpty() ? builtIn : builtIn.with(models, sources, pages);
    List<Unread> leftOut =
        problems.stream()
            .map(
                problem ->
                    new Unread(
                        "", "rule file " + problem.place(), problem.message(), Origin.UNKNOWN))
            .toList();
    return new Loaded(
        leftOut.isEmpty() ? rules : rules.leavingOut(leftOut),
        problems,
        replaced.stream().sorted().toList());
  }

  /** The page beside a file: of the same name, with {@code .md}. */
  private static Optional<Page> page(Path file) {
    var beside = Path.of(file.toString().replaceAll("\\.drl$", ".md"));
    try {
      return Files.isRegularFile(beside)
          ? Optional.of(new Page(Files.readString(beside)))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}

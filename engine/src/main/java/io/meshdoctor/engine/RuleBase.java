package io.meshdoctor.engine;

import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import io.meshdoctor.rules.Header;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/**
 * Rules: the built-in ones, and those of users.
 *
 * <p>Expensive to make ready, and the same ever after: one serves any number of diagnoses, in any
 * number of threads.
 */
public final class RuleBase {

  private static final String MODELS = "META-INF/kie/io.meshdoctor/meshdoctor-rules/drools-model";

  /** What says by what a stage of a path holds: rules that only questions about paths need. */
  private static final String HOLDS = "io.meshdoctor.rules.holds.";

  private final List<Model> models;
  private final SortedMap<String, Header> headers = new TreeMap<>();
  private final Map<String, String> sources;
  private final Map<String, Page> userPages;
  private final SortedMap<String, Division> divisions = new TreeMap<>();
  private final List<Unread> leftOut;
  private final SortedSet<String> switchedOff;
  private @Nullable KieBase kieBase;
  private final BuiltInPages builtInPages = new BuiltInPages();

  private RuleBase(
      List<Model> models,
      Map<String, String> sources,
      Map<String, Page> userPages,
      List<Unread> leftOut,
      Collection<String> switchedOff) {
    this.models = models;
    this.switchedOff = new TreeSet<>(switchedOff);
    this.leftOut = List.copyOf(leftOut);
    this.sources = sources;
    this.userPages = userPages;
    for (var model : models) {
      for (var rule : model.getRules()) {
        if (Header.isIn(rule.getMetaData())) {
          var header = Header.of(rule.getName(), rule.getMetaData());
          if (headers.put(header.id(), header) != null) {
            throw new IllegalArgumentException(
                "Two rules have the id %s.%nMaybe give one of them the next free id."
                    .formatted(header.id()));
          }
          divisions.put(header.id(), Division.of(rule));
        }
      }
    }
  }

  /** The rules that meshdoctor is shipped with. */
  public static RuleBase builtIn() {
    return new RuleBase(
        shipped(name -> !name.startsWith(HOLDS)), Map.of(), Map.of(), List.of(), Set.of());
  }

  /** These rules, and those that say by what a stage of a path holds. */
  public RuleBase withHolds() {
    if (models.stream().anyMatch(model -> model.getClass().getName().startsWith(HOLDS))) {
      return this;
    }
    List<Model> all = new ArrayList<>(models);
    all.addAll(shipped(name -> name.startsWith(HOLDS)));
    return new RuleBase(all, sources, userPages, leftOut, switchedOff);
  }

  private static List<Model> shipped(Predicate<String> wanted) {
    List<Model> models = new ArrayList<>();
    var loader = Header.class.getClassLoader();
    try (var list = loader.getResourceAsStream(MODELS)) {
      if (list == null) {
        throw new IllegalStateException("The built-in rules are not on the class path.");
      }
      var lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8)).lines();
      for (var name :
          lines.filter(line -> line.startsWith("io.")).filter(wanted).sorted().toList()) {
        models.add((Model) loader.loadClass(name).getConstructor().newInstance());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("The built-in rules cannot be loaded.", broken);
    }
    return models;
  }

  /**
   * These rules and others. A rule of the others that has the id of one of these replaces it.
   *
   * @param others compiled rules
   * @param otherSources file of each of the others, by id
   * @param otherPages page of each of the others that has one, by id
   */
  RuleBase with(
      List<Model> others, Map<String, String> otherSources, Map<String, Page> otherPages) {
    Map<String, String> allSources = new HashMap<>(sources);
    allSources.putAll(otherSources);
    Map<String, Page> allPages = new HashMap<>(userPages);
    allPages.putAll(otherPages);
    List<Model> all = new ArrayList<>();
    models.forEach(model -> all.add(without(model, otherSources.keySet())));
    all.addAll(others);
    return new RuleBase(all, allSources, allPages, leftOut, switchedOff);
  }

  /** These rules without some of them, by id or, where they have none, by name. */
  RuleBase without(Set<String> rules) {
    return without(rules, switchedOff);
  }

  private RuleBase without(Set<String> rules, Collection<String> off) {
    return new RuleBase(
        models.stream().map(model -> without(model, rules)).toList(),
        sources,
        userPages,
        leftOut,
        off);
  }

  /** These rules without some that their user does not want, which is no reason for doubts. */
  public RuleBase switchingOff(Collection<String> ids) {
    Set<String> all = new TreeSet<>(switchedOff);
    all.addAll(ids);
    return without(all, all);
  }

  /** The rules that their user does not want, as what was not looked at. */
  List<Unread> switchedOff() {
    return switchedOff.stream()
        .map(id -> new Unread("", "rule " + id, "switched off", Origin.UNKNOWN))
        .toList();
  }

  /** These rules, and what was asked for besides and is not among them. */
  RuleBase leavingOut(List<Unread> more) {
    List<Unread> all = new ArrayList<>(leftOut);
    all.addAll(more);
    return new RuleBase(models, sources, userPages, all, switchedOff);
  }

  /** What was asked for and is not among these rules: broken files, rules that failed. */
  public List<Unread> leftOut() {
    return leftOut;
  }

  private static Model without(Model model, Set<String> dropped) {
    return only(
        model,
        rule ->
            !dropped.contains(rule.getName())
                && !dropped.contains(String.valueOf(rule.getMetaData().get("id"))));
  }

  private static Model only(Model model, Predicate<Rule> wanted) {
    List<Rule> kept = model.getRules().stream().filter(wanted).toList();
    if (kept.size() == model.getRules().size()) {
      return model;
    }
    var copy = new ModelImpl(model.getName()).withRules(new ArrayList<>(kept));
    model.getTypeMetaDatas().forEach(copy::addTypeMetaData);
    return copy;
  }

  /** All rules that conclude something, by id. */
  public List<RuleInfo> rules() {
    return headers.keySet().stream().flatMap(id -> rule(id).stream()).toList();
  }

  /** One rule that concludes something. */
  public Optional<RuleInfo> rule(String id) {
    return Optional.ofNullable(headers.get(id))
        .map(header -> new RuleInfo(header, sources.getOrDefault(id, "built in"), page(id)));
  }

  private Page page(String id) {
    var own = userPages.get(id);
    if (own != null) {
      return own;
    }
    if (sources.containsKey(id)) {
      return new Page("# %s: %s%n".formatted(id, header(id).title()));
    }
    return builtInPages.of(id).orElseGet(() -> new Page(""));
  }

  /** Names of the rules that users wrote. */
  Set<String> users() {
    return headers.values().stream()
        .filter(header -> sources.containsKey(header.id()))
        .map(Header::title)
        .collect(Collectors.toSet());
  }

  /** Ids of all rules that conclude something, sorted. */
  Set<String> ids() {
    return headers.keySet();
  }

  /** What a rule says of itself. */
  Header header(String id) {
    return known(headers.get(id), id);
  }

  /** How the conditions of a rule are divided into subject, looked at, and fault. */
  Division division(String id) {
    return known(divisions.get(id), id);
  }

  private static <T> T known(@Nullable T ofRule, String id) {
    if (ofRule == null) {
      throw new IllegalArgumentException("There is no rule (%s).".formatted(id));
    }
    return ofRule;
  }

  /** Makes them ready to run, which takes a while and is else done when they first run. */
  public RuleBase ready() {
    kieBase();
    return this;
  }

  /** All of them, ready to run. */
  synchronized KieBase kieBase() {
    if (kieBase == null) {
      kieBase = build(rule -> true);
    }
    return kieBase;
  }

  /** Some of them, ready to run; made anew each time. */
  KieBase build(Predicate<Rule> wanted) {
    return KieBaseBuilder.createKieBaseFromModel(
        models.stream().map(model -> only(model, wanted)).toList(),
        RuleBaseFactory.newKnowledgeBaseConfiguration());
  }
}

package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.model.Condition;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.consequences.ConsequenceImpl;
import org.drools.model.functions.Block0;
import org.drools.model.impl.ModelImpl;
import org.drools.model.impl.RuleImpl;
import org.drools.model.patterns.CompositePatterns;
import org.drools.modelcompiler.KieBaseBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kie.api.KieBase;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/** Facts are asked for subjects in the way in which Drools matches conditions. */
class FactBaseTest {

  private static final RuleBase RULES = RuleBase.builtIn();
  private static final Block0 NOTHING = () -> {};

  /** A rule for the subject of each rule, and no other. */
  private static final KieBase SUBJECTS =
      KieBaseBuilder.createKieBaseFromModel(
          List.of(
              new ModelImpl("subjects")
                  .withRules(
                      new ArrayList<>(
                          RULES.ids().stream()
                              .filter(id -> RULES.division(id).hasSubjects())
                              .map(FactBaseTest::ofSubject)
                              .toList()))),
          RuleBaseFactory.newKnowledgeBaseConfiguration());

  private static Rule ofSubject(String id) {
    return new RuleImpl(
        "io.meshdoctor.subjects",
        id,
        "",
        new CompositePatterns(Condition.Type.AND, new ArrayList<>(RULES.division(id).subject())),
        new ConsequenceImpl(NOTHING.asBlockN(), new Variable<?>[0], false, false, "java"),
        Map.of(),
        Map.of());
  }

  @TestFactory
  Stream<DynamicTest> every_rule_has_the_subjects_that_drools_matches() {
    return CatalogTest.folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) {
    for (var one : cases(folder)) {
      var evidence = Inference.of(RULES, one.given()).evidence();
      Map<String, Set<Subject>> matched = new HashMap<>();
      var session = SUBJECTS.newKieSession();
      session.addEventListener(
          new DefaultAgendaEventListener() {
            @Override
            public void afterMatchFired(AfterMatchFiredEvent event) {
              var match = event.getMatch();
              matched
                  .computeIfAbsent(match.getRule().getName(), id -> new LinkedHashSet<>())
                  .add(Subject.of(match.getObjects(), match.getObjects().size()));
            }
          });
      evidence.forEach(session::insert);
      session.fireAllRules();
      session.dispose();

      var facts = new FactBase(evidence);
      for (var id : RULES.ids()) {
        assertThat(facts.subjects(RULES.division(id), Integer.MAX_VALUE))
            .as("%s in %s", id, one.name())
            .containsExactlyInAnyOrderElementsOf(matched.getOrDefault(id, Set.of()));
      }
    }
  }

  private static List<RuleCase> cases(Path folder) {
    try {
      return List.copyOf(RuleCase.of(folder).values());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void no_more_subjects_are_looked_for_than_are_wanted() {
    var given = List.of(primary("oslo"), primary("paris"), primary("rome"));
    var facts = new FactBase(given);

    var all = facts.subjects(RULES.division("MD301"), Integer.MAX_VALUE);

    assertThat(all).hasSizeGreaterThan(2);
    assertThat(facts.subjects(RULES.division("MD301"), 2)).isEqualTo(all.subList(0, 2));
    assertThat(all.get(0).facts().get(0)).isSameAs(given.get(0));
  }

  private static Cluster primary(String name) {
    return new Cluster(
        name, name, Role.PRIMARY, "", "", "", "istio-system", name, "", Origin.UNKNOWN);
  }
}

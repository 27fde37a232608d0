package io.meshdoctor.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.meshdoctor.facts.Fact;

/** What may know what; the modules' poms cannot say all of it. */
@AnalyzeClasses(packages = "io.meshdoctor", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String FACTS = "io.meshdoctor.facts..";
  private static final String COLLECTOR = "io.meshdoctor.collector..";
  private static final String COLLECTOR_PROBE = "io.meshdoctor.collector.probe..";
  private static final String RULES = "io.meshdoctor.rules..";
  private static final String ENGINE = "io.meshdoctor.engine..";
  private static final String CLI = "io.meshdoctor.cli..";

  @ArchTest
  static final ArchRule facts_depend_on_nothing_but_the_jdk =
      classes()
          .that()
          .resideInAPackage(FACTS)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(FACTS, "java..", "org.jspecify..")
          .because("a fact must be readable, and testable, without a cluster or a rule engine");

  @ArchTest
  static final ArchRule facts_are_records =
      classes()
          .that()
          .implement(Fact.class)
          .should()
          .beRecords()
          .because("the engine compares facts by value and never changes one");

  @ArchTest
  static final ArchRule rules_do_not_know_the_engine =
      noClasses()
          .that()
          .resideInAPackage(RULES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, COLLECTOR, CLI)
          .because("a rule says what is so, not how it is run or where facts come from");

  @ArchTest
  static final ArchRule only_the_collector_knows_clusters_and_archives =
      noClasses()
          .that()
          .resideOutsideOfPackage(COLLECTOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "org.apache.commons.compress..")
          .because("live clusters and recordings must look alike to everything behind the readers");

  @ArchTest
  static final ArchRule the_collector_does_not_know_the_rule_engine =
      noClasses()
          .that()
          .resideInAPackage(COLLECTOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.drools..", "org.kie..", RULES, ENGINE, CLI)
          .because("a reader says what was seen, and concludes nothing");

  @ArchTest
  static final ArchRule the_engine_does_not_know_where_facts_come_from =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COLLECTOR, CLI, "io.fabric8..")
          .because("a diagnosis of a recording must be the same as one of the live mesh");

  @ArchTest
  static final ArchRule only_commands_print =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should(ACCESS_STANDARD_STREAMS)
          .because("the standard output holds the report and nothing else");

  @ArchTest
  static final ArchRule only_probes_run_or_change_anything_in_a_cluster =
      noClasses()
          .that()
          .resideOutsideOfPackages(COLLECTOR_PROBE, CLI)
          .and()
          .doNotHaveFullyQualifiedName("io.meshdoctor.collector.live.LivePods")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.meshdoctor.collector.probe.ProbeClusters")
          .orShould()
          .callMethod("io.meshdoctor.collector.live.ApiServer", "delete", "java.lang.String")
          .because("the tool promises to read only, unless it is asked to probe");

  @ArchTest
  static final ArchRule only_what_removes_it_creates_anything =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.meshdoctor.collector.probe.ProbeNamespace")
          .should()
          .callMethodWhere(
              target(nameMatching("create.*|delete.*"))
                  .and(target(owner(simpleName("ProbeClusters")))))
          .because("what is created has to be removed, whatever happens");

  @ArchTest
  static final ArchRule only_commands_exit =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("the exit status is promised to scripts, and is set in one place");
}

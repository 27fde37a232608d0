package io.meshdoctor.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProbeNamespaceTest {

  private final FakePods pods = new FakePods();
  private final List<String> told = new ArrayList<>();

  @Test
  void removes_what_it_has_created() throws IOException {
    try (var own = own(Duration.ofSeconds(5))) {
      assertThat(own.create("blue").ip()).isEqualTo("10.9.9.9");
      own.create("red");
      own.close();
    }

    var name = pods.changes.get(0).substring("create blue/".length());
    assertThat(name).matches("meshdoctor-probe-[a-z0-9]+");
    assertThat(pods.changes)
        .containsExactly(
            "create blue/" + name,
            "create blue/" + name + "/probe",
            "create red/" + name,
            "create red/" + name + "/probe",
            "delete blue/" + name,
            "delete red/" + name);
    assertThat(told).isEmpty();
  }

  @Test
  void removes_a_namespace_whose_creation_may_have_failed() {
    pods.failing = "namespace";

    assertThatThrownBy(this::createAndClose).hasMessage("forbidden (403)");

    assertThat(pods.changes).hasSize(2).last().asString().startsWith("delete blue/");
  }

  @Test
  void removes_the_namespace_when_the_pod_cannot_be_created_or_is_not_ready() {
    pods.failing = "create pod";
    assertThatThrownBy(this::createAndClose).hasMessage("forbidden (403)");
    pods.failing = "";
    pods.madeAreReady = false;
    assertThatThrownBy(this::createAndClose).hasMessageContaining("is not ready in time");

    assertThat(pods.changes).filteredOn(change -> change.startsWith("delete ")).hasSize(2);
  }

  @Test
  void creates_nothing_more_once_it_was_closed_from_another_thread() throws Exception {
    pods.madeAreReady = false;
    var own = own(Duration.ofMinutes(1));
    var waits = new CountDownLatch(1);
    pods.whenAsked = waits::countDown;
    var main =
        new Thread(
            () -> {
              try (own) {
                own.create("blue");
              } catch (IOException stopped) {
                told.add(stopped.getMessage());
              }
            });

    main.start();
    waits.await();
    own.close();
    main.interrupt();
    main.join();

    assertThat(told).containsExactly("the run was stopped");
    assertThat(pods.changes).filteredOn(change -> change.startsWith("delete ")).hasSize(1);
    assertThatThrownBy(() -> own.create("red")).hasMessage("the run was stopped");
  }

  @Test
  void says_how_to_remove_what_it_could_not() throws IOException {
    pods.failing = "delete";
    var own = own(Duration.ofSeconds(5));
    own.create("my blue");
    own.create("red");

    own.close();

    var name = pods.changes.get(0).substring("create my blue/".length());
    assertThat(told)
        .containsExactly(
            "namespace %1$s of my blue could not be removed (forbidden (403)): kubectl '--context=my blue' delete namespace %1$s"
                .formatted(name),
            "namespace %1$s of red could not be removed (forbidden (403)): kubectl --context=red delete namespace %1$s"
                .formatted(name));
  }

  @Test
  void says_what_it_would_create() {
    assertThat(own(Duration.ZERO).plan(Set.of("blue")))
        .singleElement()
        .asString()
        .matches(
            "create namespace meshdoctor-probe-[a-z0-9]+ in blue, with a pod of an/image; removed at the end");
    assertThat(pods.changes).isEmpty();
  }

  private void createAndClose() throws IOException {
    try (var own = own(Duration.ZERO)) {
      own.create("blue");
    }
  }

  private ProbeNamespace own(Duration ready) {
    return new ProbeNamespace(pods, "an/image", ready, told::add);
  }
}

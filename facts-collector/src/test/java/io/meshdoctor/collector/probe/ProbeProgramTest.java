package io.meshdoctor.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.probe.ProbeClusters.Ran;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeProgramTest {

  private static final ProbeTarget REQUEST = ProbeTarget.service("web.shop:80/").orElseThrow();
  private static final ProbeTarget PORT =
      ProbeTarget.port("red", "192.0.2.1", 15443, "gateway").orElseThrow();

  @Test
  void takes_an_answer_of_the_application_for_one_whatever_it_says() {
    assertThat(curl(0, "I am web-1\n\n200")).isEqualTo(ProbeAnswer.succeeded("I am web-1"));
    assertThat(curl(0, "no such page\n404")).isEqualTo(ProbeAnswer.succeeded("no such page"));
    assertThat(curl(0, "log in first\n401")).isEqualTo(ProbeAnswer.succeeded("log in first"));
    assertThat(curl(0, "broken\n500")).isEqualTo(ProbeAnswer.succeeded("broken"));
    assertThat(curl(0, "\n204")).isEqualTo(ProbeAnswer.succeeded(""));
  }

  @Test
  void takes_an_answer_of_a_proxy_for_an_error() {
    assertThat(curl(0, "no healthy upstream\n503").error()).isEqualTo("no healthy upstream [503]");
    assertThat(curl(0, "RBAC: access denied\n403").error()).isEqualTo("RBAC: access denied [403]");
    assertThat(curl(0, "\n404").error()).isEqualTo("[404]");
  }

  @Test
  void keeps_what_curl_says_of_its_failure() {
    var answer =
        ProbeProgram.CURL.answer(
            REQUEST, new Ran(28, "\n000", "curl: (28) Operation timed out after 5001 ms"));

    assertThat(answer)
        .isEqualTo(ProbeAnswer.failed("curl: (28) Operation timed out after 5001 ms"));
  }

  @Test
  void leaves_out_what_may_be_a_secret() {
    assertThat(curl(0, "hello Bearer abcdefgh\n200").text()).isEqualTo("hello [redacted]");
    assertThat(curl(7, "").error()).isEqualTo("exit status 7");
  }

  @ParameterizedTest
  @CsvSource({
    "28, 0.012345, true", "0, 0.000123, true", "28, 0.000000, false", "7, '0,000000', false",
    "6, 0.000000, false", "28, '', false", "28, 'banner 0.5', true", "28, 10.000000, true"
  })
  void takes_a_connection_that_stood_for_a_success_though_nothing_came_on_it(
      int exit, String out, boolean ok) {
    assertThat(ProbeProgram.CURL.answer(PORT, new Ran(exit, out, "curl: (x) said")).ok())
        .isEqualTo(ok);
  }

  @Test
  void says_that_a_program_was_ended() {
    assertThat(ProbeProgram.NC.answer(PORT, new Ran(143, "", "")).error())
        .isEqualTo("timed out after 5 s");
    assertThat(ProbeProgram.BASH.answer(PORT, new Ran(0, "", "")).ok()).isTrue();
  }

  @Test
  void sees_that_a_container_lacks_a_program() {
    assertThat(
            List.of(
                new Ran(127, "", "timeout: can't execute 'wget': No such file or directory"),
                new Ran(126, "", "permission denied"),
                new Ran(-1, "", "exec: \"curl\": executable file not found in $PATH"),
                new Ran(1, "", "curl: (1) Protocol \"telnet\" not supported")))
        .allMatch(ProbeProgram.CURL::isMissing);
    assertThat(ProbeProgram.CURL.isMissing(new Ran(7, "", "curl: (7) refused"))).isFalse();
    assertThat(ProbeProgram.CURL.isMissing(new Ran(-1, "", "container is not running"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ProbeProgram.class)
  void ends_by_itself(ProbeProgram program) {
    var command = String.join(" ", program.command(program == ProbeProgram.WGET ? REQUEST : PORT));

    assertThat(command).matches(".*(^timeout 5 | -m 5 ).*");
  }

  @Test
  void gives_bash_the_address_as_words_of_their_own() {
    assertThat(ProbeProgram.BASH.command(PORT))
        .endsWith("-c", "exec 3<>\"/dev/tcp/$0/$1\"", "192.0.2.1", "15443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-o:80",
        "web:port",
        "web:80/a b",
        "web:99999",
        "we'b:80",
        "web;id:80",
        "$(id)",
        "web:80/$(id)",
        "web:0"
      })
  void refuses_what_can_be_no_service(String text) {
    assertThat(ProbeTarget.service(text)).isEmpty();
  }

  @Test
  void reads_the_address_of_an_API_server() {
    assertThat(ProbeTarget.apiServer("https://[2001:db8::1]:6443", "x"))
        .map(ProbeTarget::authority)
        .hasValue("[2001:db8::1]:6443");
    assertThat(ProbeTarget.apiServer("https://api.example/path", "x"))
        .map(ProbeTarget::authority)
        .hasValue("api.example:443");
    assertThat(ProbeTarget.apiServer("", "x")).isEqualTo(Optional.empty());
    assertThat(ProbeTarget.apiServer("https://a b", "x")).isEmpty();
  }

  @Test
  void quotes_words_for_a_shell() {
    assertThat(ShellWords.of(List.of("plain-1.2/x", "two words", "it's", "$(id)", "")))
        .isEqualTo("plain-1.2/x 'two words' 'it'\\''s' '$(id)' ''");
  }

  private static ProbeAnswer curl(int exit, String out) {
    return ProbeProgram.CURL.answer(REQUEST, new Ran(exit, out, ""));
  }
}

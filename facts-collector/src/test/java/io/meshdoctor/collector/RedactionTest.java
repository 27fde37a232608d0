package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer s3cret",
        "token: s3cret",
        "\"password\": \"s3cret\"",
        "https://user:s3cret@192.0.2.1/",
        "eyJs3cretAAAA.eyJpc3MiOiJr.c2ln",
        "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----",
        "s3cretAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void leaves_credentials_out(String text) {
    assertThat(Redaction.of("before " + text + " after"))
        .contains("before ", "[redacted]")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEARER s3cret",
        "AUTHORIZATION: basic s3cret",
        "Token = 's3cretAA'",
        "client-key-data: s3cretAA",
        "Secret-Key=s3cretAA",
        "PassWord:s3cret",
        "https://user:s3cret@192.0.2.1/",
        "eyJs3cretAAAA.eyJpc3MiOiJr.c2ln",
        "-----BEGIN EC PRIVATE KEY-----\ns3cret\n-----END EC PRIVATE KEY-----",
      })
  void leaves_credentials_out_of_what_is_kept_otherwise(String text) {
    assertThat(Redaction.ofCredentials("before " + text + " after"))
        .contains("before ", "[redacted]")
        .doesNotContain("s3cret");
    assertThat(Redaction.ofCredentials(text)).doesNotContain("s3cret");
  }

  @Test
  void leaves_ordinary_text_as_it_is() {
    String text =
        "Get \"https://192.0.2.1:6443/api/v1/namespaces?limit=500\": User"
            + " \"system:serviceaccount:istio-system:istio-reader-service-account\"";

    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void makes_one_line_of_no_great_length() {
    assertThat(Redaction.of("a\n\t b")).isEqualTo("a b");
    assertThat(Redaction.of("word ".repeat(1000))).hasSizeLessThan(610);
  }
}

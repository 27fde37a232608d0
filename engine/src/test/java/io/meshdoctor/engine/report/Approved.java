package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares texts with approved ones; {@code -Dapprove} approves what there is instead. */
final class Approved {

  private static final Path HOME = Path.of("src/test/resources/io/meshdoctor/engine/report");

  private Approved() {}

  static void check(String name, String text) throws IOException {
    var file = HOME.resolve(name);
    if (System.getProperty("approve") != null) {
      Files.createDirectories(HOME);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}

package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path directory;

  @Test
  void replaces_a_file_and_leaves_nothing_else() throws IOException {
    var file = Files.writeString(directory.resolve("r"), "old");

    WholeFile.write(file, out -> out.write("new"));

    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryContaining("glob:**/r");
    assertThat(Files.list(directory)).hasSize(1);
  }

  @Test
  void leaves_the_old_file_where_the_new_one_fails() throws IOException {
    var file = Files.writeString(directory.resolve("r"), "old");

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write("half");
                      throw new IOException("no space left on device");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("old");
    assertThat(Files.list(directory)).hasSize(1);
  }

  @Test
  void writes_to_where_a_link_leads() throws IOException {
    var file = Files.writeString(directory.resolve("r"), "old");
    var link = Files.createSymbolicLink(directory.resolve("link"), file);

    WholeFile.write(link, out -> out.write("new"));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void writes_to_a_device_as_it_is() throws IOException {
    WholeFile.write(Path.of("/dev/null"), out -> out.write("gone"));

    assertThat(Path.of("/dev/null")).exists();
  }
}

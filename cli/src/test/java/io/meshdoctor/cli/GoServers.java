package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program that is etcd and kube-apiserver, built from their source. It is kept in {@code
 * ~/.cache/meshdoctor/live}, by what it is built from.
 */
final class GoServers {

  private static final Path SOURCE = Path.of("src/live/go");
  private static final List<String> FILES = List.of("go.mod", "go.sum", "main.go");

  private GoServers() {}

  /** The program; builds it first where there is none. */
  static Path program() throws IOException, InterruptedException {
    var home = Path.of(System.getProperty("user.home"), ".cache", "meshdoctor", "live", hash());
    var program = home.resolve("servers");
    if (!Files.isExecutable(program)) {
      Files.createDirectories(home);
      var built = home.resolve("servers-" + ProcessHandle.current().pid());
      build(built);
      Files.move(built, program, StandardCopyOption.ATOMIC_MOVE);
    }
    return program;
  }

  private static void build(Path program) throws IOException, InterruptedException {
    var go = go();
    System.err.println(
        "Building etcd and kube-apiserver, which is done once and takes 10 to 30 minutes ...");
    var builder =
        new ProcessBuilder(
                go, "build", "-trimpath", "-ldflags=-s -w", "-o", program.toString(), ".")
            .directory(SOURCE.toFile())
            .redirectErrorStream(true);
    builder.environment().put("CGO_ENABLED", "0");
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("go build failed:\n" + said);
    }
  }

  private static String go() {
    var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Stream.concat(Stream.of(path), Stream.of("/usr/local/go/bin"))
        .map(directory -> Path.of(directory, "go"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "go is missing; the profile live builds etcd and kube-apiserver with it."
                        + " Install Go 1.24 or later, or leave out -Plive."))
        .toString();
  }

  private static String hash() throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : FILES) {
        digest.update(Files.readAllBytes(SOURCE.resolve(file)));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

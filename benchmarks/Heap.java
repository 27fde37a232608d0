import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The smallest heap in which bundles of two sizes can be diagnosed, and how long that takes beside
 * each other: memory for facts and not for bytes, and time that grows with the bytes.
 *
 * <p>{@code java benchmarks/Heap.java [MEGABYTES]}, from the root of the project, after {@code mvn
 * -Dquick package}.
 */
final class Heap {

  private Heap() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int large = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
    var home = Files.createTempDirectory("large");
    for (int megabytes : List.of(large / 2, large)) {
      var bundle = home.resolve("bundle-" + megabytes);
      run(List.of(java(), "benchmarks/LargeBundle.java", bundle.toString(), "" + megabytes), "");
      long bytes = size(bundle);
      int low = 16;
      int high = megabytes;
      while (high - low > Math.max(4, high / 20)) {
        int middle = (low + high) / 2;
        if (diagnose(bundle, middle) < 0) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double seconds = diagnose(bundle, high * 2);
      System.out.printf(
          Locale.ROOT,
          "%d MB read: heap of %d MB is enough, %.2f of the bytes; %.1f s with twice that, %.1f MB/s%n",
          bytes / 1_000_000, high, high * 1048576.0 / bytes, seconds, bytes / 1e6 / seconds);
    }
  }

  /** Seconds, or less than zero where the heap was too small. */
  private static double diagnose(Path bundle, int heap) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int status =
        run(
            List.of("./meshdoctor", "diagnose", "--bundle", bundle.toString(), "-o", "json"),
            "-Xmx%dm -XX:+ExitOnOutOfMemoryError".formatted(heap));
    return status == 3 || status > 4 ? -1 : (System.nanoTime() - start) / 1e9;
  }

  private static int run(List<String> command, String options) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("MESHDOCTOR_JAVA_OPTS", options);
    return builder.start().waitFor();
  }

  private static long size(Path bundle) throws IOException {
    try (var files = Files.walk(bundle)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}

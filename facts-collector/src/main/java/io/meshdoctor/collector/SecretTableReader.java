package io.meshdoctor.collector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the table of {@code kubectl get secrets -A}. It tells which Secrets there are, but neither
 * labels nor keys. Where somebody asked for their content too, there are objects instead.
 */
final class SecretTableReader implements InputReader {

  private static final String HEADER = "NAMESPACE";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern COLUMNS = Pattern.compile("NAMESPACE\\s+NAME\\s+TYPE\\b.*");

  private final ResourceReader objects = new ResourceReader(true);

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    var start = new PushbackInputStream(input.body(), HEADER.length());
    var head = start.readNBytes(HEADER.length());
    start.unread(head);
    if (new String(head, StandardCharsets.UTF_8).equals(HEADER)) {
      table(start, mesh.cluster(input.cluster()));
    } else {
      objects.read(
          new Input(
              input.kind(),
              input.path(),
              input.cluster(),
              input.namespace(),
              input.pod(),
              input.name(),
              start),
          mesh);
      mesh.cluster(input.cluster())
          .holdsCredentials(input.path(), new TreeSet<>(Set.of("contents of Secrets")));
    }
  }

  private static void table(PushbackInputStream in, ClusterState cluster) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    var header = lines.readLine();
    if (header == null || !COLUMNS.matcher(header).matches()) {
      throw new IOException("is not the table of kubectl get secrets -A");
    }
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var columns = BLANKS.split(line.strip(), -1);
      if (columns.length >= 3) {
        SecretConverter.readName(cluster, new ObjectKey("secret", columns[0], columns[1]));
      } else if (!line.isBlank()) {
        throw new IOException("holds a row without namespace, name and type");
      }
    }
    cluster.secretNamesRead = true;
  }
}

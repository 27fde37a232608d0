package io.meshdoctor.collector;

import io.meshdoctor.collector.BundleWriter.Gap;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code mesh.yaml}. Parts of one mesh have one each: the first that names the mesh counts,
 * and the latest time of collection, for nothing was seen after it.
 */
final class MeshReader implements InputReader {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    var file = Documents.single(input.body());
    unread(file, mesh);
    if (mesh.name.isEmpty()) {
      var name = file.path("name").asString("");
      mesh.name = Printable.line(name.isEmpty() ? file.path("meshId").asString("") : name);
    }
    var collectedAt = file.path("collectedAt").stringValue("");
    if (!collectedAt.isEmpty()) {
      var time = time(collectedAt);
      mesh.collectedAt =
          mesh.collectedAt == null || time.isAfter(mesh.collectedAt) ? time : mesh.collectedAt;
    }
    var namespace = file.path("systemNamespace").stringValue("");
    if (!namespace.isEmpty()) {
      if (!NAMESPACE.matcher(namespace).matches()) {
        throw new IOException("has a systemNamespace that cannot be the name of a namespace");
      }
      if (!mesh.systemNamespace.equals(MeshState.DEFAULT_NAMESPACE)
          && !mesh.systemNamespace.equals(namespace)) {
        throw new IOException("names another systemNamespace than the bundle before");
      }
      mesh.systemNamespace = namespace;
    }
  }

  private static void unread(JsonNode file, MeshState mesh) {
    for (var entry : file.path("unread")) {
      var gap = Gap.of(entry);
      mesh.unread(gap.what(), gap.reason());
    }
  }

  private static Instant time(String text) throws IOException {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IOException("has a collectedAt that is no time, such as 2026-01-31T12:00:00Z", e);
    }
  }
}

package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;

/**
 * One part of a list of Kubernetes objects, as the API server hands it out.
 *
 * @param next token that asks for the part after it; empty for the last one
 */
public record ListPage(String next) {

  /** Takes one object of a part. */
  @FunctionalInterface
  public interface ObjectHandler {

    /**
     * Takes an object.
     *
     * @param apiVersion group and version ({@code apps/v1})
     * @param object it, without {@code metadata.managedFields}; not used afterwards
     */
    void object(String apiVersion, String kind, JsonNode object) throws IOException;
  }

  /**
   * Reads a part, one object at a time.
   *
   * @param in JSON
   * @throws IOException if it ends early or is no list; the message quotes nothing of it
   */
  public static ListPage read(InputStream in, ObjectHandler handler) throws IOException {
    return new ListPage(Documents.page(in, handler::object));
  }
}

package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One part of a list of Kubernetes objects, as the API server hands it out. */
public final class ListPage {

  private ListPage() {}

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
   * @param whole objects are wanted whole; else without what facts are never made of
   * @param whenNextIsKnown takes the token that asks for the part after it, once and as soon as it
   *     is known; empty for the last one
   * @throws IOException if it ends early or is no list; the message quotes nothing of it
   */
  public static void read(
      InputStream in, boolean whole, Consumer<String> whenNextIsKnown, ObjectHandler handler)
      throws IOException {
    Documents.page(in, whole, whenNextIsKnown, handler::object);
  }
}

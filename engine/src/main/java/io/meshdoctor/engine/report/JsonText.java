package io.meshdoctor.engine.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes JSON as it goes, indented by two, with the same line ends on every system. */
public final class JsonText {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonText() {}

  /**
   * Writes one document and a line end, and leaves {@code out} open.
   *
   * @throws IOException if {@code out} does
   */
  public static void write(Writer out, Consumer<JsonGenerator> document) throws IOException {
    try (var json = JSON.createGenerator(new Pretty(), out)) {
      document.accept(json);
      json.writeRaw('\n');
    } catch (JacksonIOException failed) {
      throw failed.getCause();
    }
  }

  /** Writes an array, also where it is empty. */
  static <T> void each(
      JsonGenerator json, String name, List<T> values, BiConsumer<JsonGenerator, T> writer) {
    json.writeArrayPropertyStart(name);
    values.forEach(value -> writer.accept(json, value));
    json.writeEndArray();
  }

  private static final class Pretty extends ObjectWriteContext.Base {

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final Separators SEPARATORS =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("");

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter(SEPARATORS)
          .withObjectIndenter(INDENTER)
          .withArrayIndenter(INDENTER);
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}

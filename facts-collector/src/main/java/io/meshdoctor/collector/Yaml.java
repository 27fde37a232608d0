package io.meshdoctor.collector;

import java.io.InputStream;
import java.io.Reader;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * YAML as a stream, under the bounds of {@link Json}. Apart, so that JSON alone loads none of it.
 */
final class Yaml {

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(Json.BOUNDS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          // the default of 3 MB is for documents that are held in memory
          .loadSettings(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
          .build();

  private Yaml() {}

  /** A parser of UTF-8 bytes; closing it leaves the stream open. */
  static JsonParser parser(InputStream in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  static JsonParser parser(Reader in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }
}

package io.meshdoctor.collector;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A ServiceEntry. */
record ServiceEntryObject(ObjectKey key, List<String> hosts) {

  static ServiceEntryObject of(JsonNode item) {
    return new ServiceEntryObject(
        ObjectKey.of("serviceentry", item), Fields.texts(Fields.at(item, "spec", "hosts")));
  }
}

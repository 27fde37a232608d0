package io.meshdoctor.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    var properties = new Properties();
    try (var file = Version.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    }
    return new String[] {
      "meshdoctor %s (Java %s)"
          .formatted(properties.getProperty("version"), System.getProperty("java.version"))
    };
  }
}

package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;

/// Where settings were said, in the words that follow a problem.
final class Origins {
  private Origins() {}

  /// Where a key was said, and by which variable it can be said. What only the defaults say of a
  /// carrier is missing where the carrier stands.
  static String ofKey(Config config, String section, String key) {
    String path = section + "." + key;
    String variable = EnvironmentNames.of(path);
    String said = config.hasPath(path) ? said(config.getValue(path)) : "";
    String from = said.isEmpty() ? ofCarrier(config, section) : said;
    return from.endsWith("environment " + variable)
        ? " (" + from + ")"
        : " (%s; its variable is %s)".formatted(from.isEmpty() ? "not set" : from, variable);
  }

  /// Where a carrier was said; nothing for other sections, which nobody says as a whole.
  static String ofSection(Config config, String section) {
    String from = ofCarrier(config, section);
    return from.isEmpty() ? "" : " (" + from + ")";
  }

  private static String ofCarrier(Config config, String section) {
    String type = section + "." + CarriersConfig.TYPE;
    return config.hasPath(type) ? from(config.getValue(type)) : "";
  }

  private static String said(ConfigValue value) {
    return ConfigurationTable.isDefault(value) ? "" : from(value);
  }

  private static String from(ConfigValue value) {
    return "from " + value.origin().description();
  }
}

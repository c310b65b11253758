package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The configuration in force for people: every key, its value and where that comes from. Secrets
/// are masked. Defaults of carriers are shown of those types that are in use.
public final class ConfigurationTable {
  private ConfigurationTable() {}

  /// One line per key. What cannot be used is left out; [Configuration#load] tells of it.
  public static String of(@Nullable Path file, Map<String, String> environment) {
    Config config = new ConfigurationSources(new Problems()).merge(file, environment);
    Map<String, ConfigValue> values = new TreeMap<>();
    config.entrySet().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    Set<String> types = CarriersConfig.types(config);
    return values.entrySet().stream()
        .filter(entry -> matters(entry.getKey(), entry.getValue(), types))
        .map(entry -> line(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /// What is said by default of carriers of types that nobody has only hides the rest.
  private static boolean matters(String path, ConfigValue value, Set<String> types) {
    return !path.startsWith(CarriersConfig.DEFAULTS + ".")
        || !isDefault(value)
        || types.contains(path.split("\\.", 4)[2]);
  }

  private static String line(String path, ConfigValue value) {
    return "%-42s %-24s %s".formatted(path, shown(path, value), origin(value));
  }

  private static String shown(String path, ConfigValue value) {
    String text = value.unwrapped().toString();
    if (text.isEmpty()) {
      return "(none)";
    }
    return Secrets.isSecret(path) ? Secrets.MASK : Secrets.withoutParameters(text);
  }

  private static String origin(ConfigValue value) {
    return isDefault(value) ? "default" : value.origin().description();
  }

  /// Whether nobody said it.
  static boolean isDefault(ConfigValue value) {
    return value.origin().description().startsWith("reference.conf");
  }
}

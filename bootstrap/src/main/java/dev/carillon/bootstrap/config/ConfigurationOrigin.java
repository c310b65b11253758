package dev.carillon.bootstrap.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where a configuration was read from, so that it can be read again.
///
/// @param file null when there is none
public record ConfigurationOrigin(@Nullable Path file, Map<String, String> environment) {
  /// What is taken over without a restart.
  private static final List<String> LIVE =
      List.of(CarriersConfig.CARRIERS + ".", "carillon.carrier-defaults.", RoutesConfig.ROUTES);

  public ConfigurationOrigin {
    environment = Map.copyOf(environment);
  }

  /// The configuration as it is now. Throws an [InvalidConfigurationException].
  public Configuration load() {
    return Configuration.load(file, environment);
  }

  /// A number that is another one when the file says something else; the same when it cannot be
  /// read, such as while it is being replaced.
  ///
  /// @param last the number of the last time
  public int content(int last) {
    if (file == null) {
      return last;
    }
    try {
      return Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException away) {
      return last;
    }
  }

  /// The settings that need a restart, by name, secrets included: for comparing, not for showing.
  /// Throws an [InvalidConfigurationException] when a source cannot be read.
  public Fixed fixed() {
    Map<String, Object> values = new TreeMap<>();
    Problems problems = new Problems();
    new ConfigurationSources(problems)
        .merge(file, environment)
        .entrySet()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().unwrapped()));
    problems.throwIfAny();
    values.keySet().removeIf(key -> LIVE.stream().anyMatch(key::startsWith));
    return new Fixed(values);
  }

  /// Without what the environment says.
  @Override
  public String toString() {
    return "ConfigurationOrigin[" + file + "]";
  }

  /// Settings that need a restart.
  public record Fixed(Map<String, Object> values) {
    /// The names of those that are not the same.
    public List<String> differingFrom(Fixed other) {
      TreeSet<String> names = new TreeSet<>(values.keySet());
      names.addAll(other.values.keySet());
      names.removeIf(name -> Objects.equals(values.get(name), other.values.get(name)));
      return List.copyOf(names);
    }

    @Override
    public String toString() {
      return "Fixed" + values.keySet();
    }
  }
}

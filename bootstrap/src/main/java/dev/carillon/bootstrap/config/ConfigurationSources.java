package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Merges the three sources, the stronger first: environment variables, the file, the defaults of
/// `reference.conf`, which also says which keys there are. Carriers are named by the file; each has
/// the keys that the defaults have for its type.
final class ConfigurationSources {
  private final Config defaults =
      ConfigFactory.parseResources(ConfigurationSources.class.getClassLoader(), "reference.conf");
  private final Set<String> paths = paths(defaults);
  private final Problems problems;

  ConfigurationSources(Problems problems) {
    this.problems = problems;
  }

  Config defaults() {
    return defaults;
  }

  Config merge(@Nullable Path file, Map<String, String> environment) {
    Config fromFile = file == null ? ConfigFactory.empty() : parse(file);
    Set<String> known = new TreeSet<>(paths);
    known.addAll(pathsOfCarriers(fromFile));
    Config merged =
        fromEnvironment(environment, known).withFallback(fromFile).withFallback(defaults);
    for (String carrier : CarriersConfig.names(merged)) {
      merged = merged.withFallback(CarriersConfig.defaultsOf(carrier, merged, merged));
    }
    return merged;
  }

  private Set<String> pathsOfCarriers(Config fromFile) {
    Set<String> found = new TreeSet<>();
    for (String carrier : CarriersConfig.names(fromFile)) {
      found.addAll(paths(CarriersConfig.defaultsOf(carrier, fromFile, defaults)));
      found.add(CarriersConfig.path(carrier) + "." + CarriersConfig.TYPE);
    }
    return found;
  }

  private Config parse(Path file) {
    try {
      ConfigParseOptions strictly = ConfigParseOptions.defaults().setAllowMissing(false);
      Config parsed = ConfigFactory.parseFile(file.toFile(), strictly).resolve();
      return withoutUnknownKeys(parsed);
    } catch (ConfigException.IO e) {
      problems.add("the file " + file + " cannot be read");
    } catch (ConfigException e) {
      problems.add("the file " + file + " cannot be understood: " + e.getMessage());
    }
    return ConfigFactory.empty();
  }

  private Config withoutUnknownKeys(Config parsed) {
    Config known = parsed;
    Set<String> ofCarriers = pathsOfCarriers(parsed);
    for (String path : paths(parsed)) {
      if (!paths.contains(path) && !ofCarriers.contains(path) && !isOfUnknownType(path, parsed)) {
        problems.add(
            "%s %s (from %s)"
                .formatted(path, unknown(path), parsed.getValue(path).origin().description()));
        known = known.withoutPath(path);
      }
    }
    return known;
  }

  private String unknown(String path) {
    if (!defaults.hasPath(path) || defaults.getValue(path).valueType() != ConfigValueType.OBJECT) {
      return "is no key";
    }
    return paths.stream()
        .filter(known -> known.startsWith(path + "."))
        .findFirst()
        .map(known -> "is a section: it has keys, such as " + known + ", and no value")
        .orElse("is a section: it has keys, and no value");
  }

  /// What such a carrier may say is not known; that it has no type is told elsewhere.
  private boolean isOfUnknownType(String path, Config parsed) {
    return CarriersConfig.names(parsed).stream()
        .filter(carrier -> path.startsWith(CarriersConfig.path(carrier)))
        .anyMatch(carrier -> CarriersConfig.defaultsOf(carrier, parsed, defaults).isEmpty());
  }

  private Config fromEnvironment(Map<String, String> environment, Set<String> known) {
    Map<String, List<String>> byName =
        known.stream().collect(Collectors.groupingBy(EnvironmentNames::of));
    Config config = ConfigFactory.empty();
    for (String name : new TreeSet<>(environment.keySet())) {
      List<String> named = byName.getOrDefault(name, List.of());
      if (named.size() == 1) {
        config =
            config.withValue(
                named.getFirst(),
                ConfigValueFactory.fromAnyRef(environment.get(name), "environment " + name));
      } else if (named.size() > 1) {
        problems.add("the environment variable " + name + " stands for several keys: " + named);
      } else if (name.startsWith(EnvironmentNames.PREFIX)
          && !EnvironmentNames.OTHERS.contains(name)) {
        problems.add("the environment variable " + name + " stands for no key");
      }
    }
    return config;
  }

  private static Set<String> paths(Config config) {
    return config.entrySet().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

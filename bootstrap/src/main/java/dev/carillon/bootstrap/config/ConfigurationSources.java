package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Merges the three sources, the stronger first: environment variables, the file, the defaults of
/// `reference.conf`, which also says which keys there are.
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
    return fromEnvironment(environment).withFallback(fromFile).withFallback(defaults);
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
    for (String path : paths(parsed)) {
      if (!paths.contains(path)) {
        problems.add(
            path + " is no key (from " + parsed.getValue(path).origin().description() + ")");
        known = known.withoutPath(path);
      }
    }
    return known;
  }

  private Config fromEnvironment(Map<String, String> environment) {
    Map<String, String> byName =
        paths.stream().collect(Collectors.toMap(EnvironmentNames::of, path -> path));
    Config config = ConfigFactory.empty();
    for (String name : new TreeSet<>(environment.keySet())) {
      String path = byName.get(name);
      if (path != null) {
        config =
            config.withValue(
                path, ConfigValueFactory.fromAnyRef(environment.get(name), "environment " + name));
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

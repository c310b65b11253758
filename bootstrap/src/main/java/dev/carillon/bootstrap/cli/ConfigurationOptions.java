package dev.carillon.bootstrap.cli;

import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.config.ConfigurationTable;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the configuration is, for all commands that need one.
final class ConfigurationOptions {
  @Option(
      names = "--config",
      paramLabel = "<file>",
      description = "Configuration file; else CARILLON_CONFIG names it.")
  private @Nullable Path file;

  Configuration load() {
    return Configuration.load(fileFrom(System.getenv()), System.getenv());
  }

  String table() {
    return ConfigurationTable.of(fileFrom(System.getenv()), System.getenv());
  }

  private @Nullable Path fileFrom(Map<String, String> environment) {
    String named = environment.getOrDefault("CARILLON_CONFIG", "");
    return file != null || named.isEmpty() ? file : Path.of(named);
  }
}

package dev.carillon.bootstrap.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the configuration in force.
@Command(
    name = "config",
    description = "Prints every key, its value, and where that comes from; secrets are masked.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  @Override
  public Integer call() {
    System.out.println(configuration.table());
    configuration.load();
    return 0;
  }
}

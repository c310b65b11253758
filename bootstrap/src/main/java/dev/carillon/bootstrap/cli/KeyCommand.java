package dev.carillon.bootstrap.cli;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a fresh test key.
@Command(
    name = "key",
    description = {
      "Makes a fresh key for the TEST environment of the oldest business and prints it once.",
      "While a service runs on its own PostgreSQL, stop it and start it with one of",
      "./carillon serve --new-key and ./carillon serve --new-operator-key."
    },
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  @Option(
      names = "--operator",
      description = {
        "A key for AdminService, for those who run the service. Its calls of AdminService are",
        "about both environments; AdminService.CreateApiKey makes keys for LIVE."
      })
  private boolean operator;

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Override
  public Integer call() {
    Logging.bridge();
    Configuration configuration = options.load();
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      System.out.println(TestKeys.create(source, operator ? Role.OPERATOR : Role.USER));
    }
    return 0;
  }
}

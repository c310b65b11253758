package dev.carillon.bootstrap.cli;

import dev.carillon.bootstrap.Carillon;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.config.DemoConfiguration;
import dev.carillon.bootstrap.demo.Demo;
import java.io.Console;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows the whole of it in a few seconds, and leaves nothing behind.
@Command(
    name = "demo",
    description = {
      "Starts a service of its own, sends a personalised SMS job through its API, and shows what",
      "becomes of it. Uses a free port and a temporary database; nothing is left behind."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int MOST_RECIPIENTS = 50_000;

  @Option(
      names = "--recipients",
      description = "How many people are written to, 1 to 50,000; 10,000 by default.",
      defaultValue = "10000")
  private int recipients;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (recipients < 1 || recipients > MOST_RECIPIENTS) {
      throw new ParameterException(spec.commandLine(), "--recipients is 1 to 50,000");
    }
    Logging.bridge();
    Configuration configuration = DemoConfiguration.load();
    System.out.println("Carillon demo: starting a service of its own ...");
    PostgresSource source = PostgresSource.temporary(configuration.store());
    try (Carillon carillon = Carillon.start(configuration, source)) {
      String host = configuration.grpc().host();
      System.out.printf("It serves at %s:%d.%n%n", host, carillon.port());
      String key = carillon.firstKey().orElseThrow();
      boolean agrees =
          new Demo(System.out, isTerminal()).run(host, carillon.port(), key, recipients);
      return agrees ? 0 : 1;
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}

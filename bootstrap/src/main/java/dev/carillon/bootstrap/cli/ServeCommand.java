package dev.carillon.bootstrap.cli;

import dev.carillon.bootstrap.Carillon;
import dev.carillon.bootstrap.Doors;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.config.Configuration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the service until the process is asked to end.
@Command(
    name = "serve",
    description = "Runs the service in the foreground; Ctrl-C (or TERM) drains and stops it.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  @Option(names = "--new-key", description = "Makes a fresh test key and prints it once.")
  private boolean newKey;

  @Option(
      names = "--new-operator-key",
      description = "Makes a fresh operator's key, for AdminService, and prints it once.")
  private boolean newOperatorKey;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = options.load();
    Logging.bridge();
    Doors.check(configuration);
    PostgresSource source = PostgresSource.of(configuration.store());
    Carillon carillon = Carillon.start(configuration, source);
    Ending ending = new Ending(carillon);
    Runtime.getRuntime().addShutdownHook(new Thread(ending::run, "ending"));
    source.onDeath(ending::databaseDied);
    HangUp.onEach(carillon::reload);
    try {
      banner(configuration, carillon).print(System.out);
    } catch (Exception unanswered) {
      ending.failed();
      throw unanswered;
    }
    new CountDownLatch(1).await();
    return 0;
  }

  private Banner banner(Configuration configuration, Carillon carillon) throws Exception {
    String operatorKey = newOperatorKey ? carillon.newOperatorKey() : "";
    Optional<String> key = carillon.firstKey();
    if (newKey && key.isEmpty()) {
      key = carillon.newTestKey();
    }
    return new Banner(
        Version.current(),
        configuration.grpc().host() + ":" + carillon.port(),
        configuration.grpc().tls() != null,
        configuration.store().inWords(),
        new Banner.Keys(key.orElse(""), operatorKey),
        FirstAnswer.of(configuration.grpc(), carillon.port()));
  }

  /// Stops the service when the process is asked to end, and ends it with 0 if that was all.
  private static final class Ending {
    private final Carillon carillon;
    private volatile int code;
    private volatile boolean begun;

    Ending(Carillon carillon) {
      this.carillon = carillon;
    }

    /// The end that comes is not what somebody asked for, unless it has been asked for already.
    void failed() {
      if (!begun) {
        code = 1;
      }
    }

    void run() {
      begun = true;
      log.info("draining");
      carillon.close();
      log.info("stopped");
      // Without this the exit code would be that of the signal, as if something had gone wrong.
      Runtime.getRuntime().halt(code);
    }

    void databaseDied() {
      if (!begun) {
        failed();
        log.error("the embedded PostgreSQL has ended by itself");
        System.exit(1);
      }
    }
  }
}

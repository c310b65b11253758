package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.Limits;
import dev.carillon.application.UploadLimits;
import dev.carillon.application.dispatch.DispatchSettings;
import dev.carillon.application.keeping.TidyUp;
import dev.carillon.application.quota.QuotaDefaults;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.grpc.GrpcConfig;
import dev.carillon.providers.pacing.PacingConfig;
import dev.carillon.providers.simulated.SimulatedConfig;
import dev.carillon.providers.simulated.SimulatedScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationTest {
  @TempDir Path directory;

  @Test
  void theDefaultsAreThoseOfTheModules() {
    Configuration defaults = Configuration.load(null, Map.of());

    assertThat(defaults.grpc()).isEqualTo(GrpcConfig.DEFAULTS);
    assertThat(defaults.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(defaults.uploads()).isEqualTo(UploadLimits.DEFAULTS);
    assertThat(defaults.quotas()).isEqualTo(QuotaDefaults.DEFAULTS);
    assertThat(defaults.simulated()).isEqualTo(SimulatedConfig.DEFAULT);
    assertThat(defaults.dispatch())
        .isEqualTo(new DispatchConfig(4, 1, 32, DispatchSettings.DEFAULTS, RetryPolicy.DEFAULT));
    assertThat(defaults.pacing()).isEqualTo(PacingConfig.DEFAULT);
    assertThat(defaults.keeping().tidy()).isEqualTo(TidyUp.Settings.DEFAULTS);
    assertThat(defaults.store().isEmbedded()).isTrue();
  }

  @Test
  void aFileReplacesWhatItNames() throws IOException {
    Path file = file("carillon { grpc.port = 7070, dispatch { workers = 2 } }");

    Configuration read = Configuration.load(file, Map.of());

    assertThat(read.grpc().port()).isEqualTo(7070);
    assertThat(read.dispatch().workers()).isEqualTo(2);
    assertThat(read.grpc().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void theEnvironmentReplacesTheFile() throws IOException {
    Path file = file("carillon.retry.first-delay = 4s");

    Configuration read =
        Configuration.load(file, Map.of("CARILLON_RETRY_FIRST_DELAY", "7s", "PATH", "/bin"));

    assertThat(read.dispatch().retries().firstDelay()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void everyProblemIsToldAtOnceInPlainLanguage() throws IOException {
    Path file =
        file(
            """
            carillon {
              grpc.port = 70000
              grpc.prot = 7070
              dispatch.lease-time = soon
              retry { first-delay = 1h, max-delay = 1m }
              simulated { ordinary = sometimes, refused = 0.7, lost = 0.6 }
            }
            """);

    assertThat(
            problems(file, Map.of("CARILLON_GRPC_PORTS", "1", "CARILLON_LIMITS_CHUNK_SIZE", "x")))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem).contains("carillon.grpc.prot is no key", "carillon.conf: 3"),
            problem -> assertThat(problem).contains("CARILLON_GRPC_PORTS stands for no key"),
            problem ->
                assertThat(problem)
                    .contains("grpc.port must be a whole number from 0 to 65535, not 70000"),
            problem ->
                assertThat(problem)
                    .contains("dispatch.lease-time must be a time from 200ms to 10m"),
            problem ->
                assertThat(problem)
                    .contains("max-delay must not be shorter than carillon.retry.first-delay"),
            problem ->
                assertThat(problem)
                    .contains("limits.chunk-size must be a whole number from 1 to 10000")
                    .contains("environment CARILLON_LIMITS_CHUNK_SIZE"),
            problem -> assertThat(problem).contains("simulated.ordinary must be one of delivered"),
            problem ->
                assertThat(problem)
                    .contains("carillon.simulated: the shares refused, undelivered,")
                    .contains("must not exceed 1"));
  }

  /// As it is written in the file, and with the variable that can be set instead.
  @Test
  void everyMessageNamesTheWholeKeyAndItsVariable() throws IOException {
    Path file =
        file(
            """
            carillon {
              grpc { port = none, host = " ", call-wait = null, tls-key = "/nowhere/key", max-resets = 10 }
              database.url = "jdbc:postgresql://db/carillon"
              circuit.least-answers = 200
              simulated.latency-to = 1ms
              webhooks = 7
            }
            """);

    assertThat(problems(file, Map.of("CARILLON_CALLBACKS_SECRET", "short")))
        .hasSize(10)
        .allSatisfy(problem ->
            assertThat(problem)
                .matches(
                    "carillon\\.([a-z-]+)(\\.[a-z-]+)* [^(]*(\\([^)]*\\)[^(]*)?\\((from|not"
                        + " set).*\\)")
                .doesNotContain("jar:file"))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith("carillon.grpc.port must be")
                .endsWith("carillon.conf: 2; its variable is CARILLON_GRPC_PORT)"))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith("carillon.database.user must be given with a carillon.database.url")
                .endsWith("(not set; its variable is CARILLON_DATABASE_USER)"))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith("carillon.callbacks.secret must have at least 16")
                .endsWith("(from environment CARILLON_CALLBACKS_SECRET)"))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith("carillon.grpc.max-resets must not be less than max-calls"))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith("carillon.grpc.call-wait must be a time")
                .endsWith("not null (not set; its variable is CARILLON_GRPC_CALL_WAIT)"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("carillon.circuit.least-answers must be 1"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("carillon.simulated.latency-from must not"))
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith(
                    "carillon.webhooks is a section: it has keys, such as carillon.webhooks.")
                .endsWith("carillon.conf: 6)"));
  }

  /// A number alone would be milliseconds.
  @Test
  void aTimeHasAUnit() throws IOException {
    for (String bare : List.of("5000", "\"5000\"", "1.5", "1")) {
      assertThat(problems(file("carillon.retry.max-delay = " + bare), Map.of()))
          .singleElement()
          .asString()
          .contains("carillon.retry.max-delay must be a time from 1ms to 1440m with its unit")
          .contains("not " + bare);
    }
    assertThat(problems(null, Map.of("CARILLON_RETRY_MAX_DELAY", "60"))).hasSize(1);

    Configuration zero = Configuration.load(file("carillon.dispatch.linger = 0"), Map.of());
    assertThat(zero.dispatch().settings().linger()).isZero();
  }

  @Test
  void aCertificateThatIsNoneIsAProblemOfTheConfiguration() throws IOException {
    Path junk = Files.writeString(directory.resolve("junk.pem"), "not PEM");
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    String section = "%s { tls-certificate = \"%s\", tls-key = \"%s\" }\n";
    Path file =
        file(
            "carillon {\n"
                + section.formatted("grpc", junk, junk)
                + section.formatted("callbacks", empty, empty)
                + "}");

    assertThat(problems(file, Map.of()))
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "carillon.grpc.tls-certificate holds no certificate in PEM: " + junk),
            problem ->
                assertThat(problem)
                    .startsWith(
                        "carillon.callbacks.tls-certificate holds no certificate in PEM: "
                            + empty));
  }

  @Test
  void aPasswordInTheUrlIsAProblemAndNotTold() {
    Map<String, String> settings =
        Map.of(
            "CARILLON_DATABASE_URL", "jdbc:postgresql://carillon:hunter2@db:5432/carillon",
            "CARILLON_DATABASE_USER", "carillon");

    assertThat(problems(null, settings))
        .singleElement()
        .asString()
        .contains("carillon.database.url", "user or a password")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @EnumSource(SimulatedScript.class)
  void aScriptHasTheNameOfItsMagicAddressesAndItsOwn(SimulatedScript script) {
    for (String name : List.of(script.tag(), script.name().toLowerCase(Locale.ROOT))) {
      Configuration read = Configuration.load(null, Map.of("CARILLON_SIMULATED_ORDINARY", name));

      assertThat(read.simulated().ordinary()).isEqualTo(script);
    }
  }

  @Test
  void aFileThatIsNotThereOrCannotBeUnderstoodIsAProblem() throws IOException {
    assertThat(problems(directory.resolve("nowhere.conf"), Map.of()))
        .singleElement()
        .asString()
        .contains("nowhere.conf", "cannot be read");
    assertThat(problems(file("carillon { grpc "), Map.of()))
        .singleElement()
        .asString()
        .contains("cannot be understood");
  }

  @Test
  void aDatabaseNeedsItsUserAndRoomForTheWorkers() {
    assertThat(
            problems(
                null,
                Map.of(
                    "CARILLON_DATABASE_URL", "mysql://somewhere",
                    "CARILLON_DATABASE_ENGINE_CONNECTIONS", "4")))
        .satisfiesExactly(
            problem ->
                assertThat(problem).contains("database.url must begin with jdbc:postgresql:"),
            problem -> assertThat(problem).contains("database.user must be given"),
            problem ->
                assertThat(problem)
                    .contains("database.engine-connections must be more than carillon.dispatch."));
  }

  @Test
  void secretsAreNowhereToBeSeen() {
    Map<String, String> environment =
        Map.of(
            "CARILLON_DATABASE_URL", "jdbc:postgresql://db/carillon?password=hunter2",
            "CARILLON_DATABASE_USER", "carillon",
            "CARILLON_DATABASE_PASSWORD", "hunter2");

    Configuration read = Configuration.load(null, environment);
    String table = ConfigurationTable.of(null, environment);

    assertThat(read.store().given().password()).isEqualTo("hunter2");
    assertThat(read.toString() + read.store().inWords() + table).doesNotContain("hunter2");
    assertThat(table).contains("carillon.database.password", "********");
  }

  @Test
  void theTableSaysWhereEachValueComesFrom() throws IOException {
    String table =
        ConfigurationTable.of(
            file("carillon.grpc.port = 7070"), Map.of("CARILLON_GRPC_HOST", "0.0.0.0"));

    assertThat(table.lines())
        .anySatisfy(line ->
            assertThat(line).matches("carillon.grpc.host +0.0.0.0 +environment CARILLON_GRPC_HOST"))
        .anySatisfy(
            line -> assertThat(line).matches("carillon.grpc.port +7070 +.*carillon.conf: 1"))
        .anySatisfy(line -> assertThat(line).matches("carillon.dispatch.workers +4 +default"));
  }

  /// Who reads the table of a configuration that cannot be used is told all of it by loading it.
  @Test
  void theTableShowsWhatCanBeUsed() throws IOException {
    Path file = file("carillon { grpc.port = 7070, grpc.prot = 1 }");
    Map<String, String> environment = Map.of("CARILLON_GRPC_PORTS", "1");

    assertThat(ConfigurationTable.of(file, environment).lines())
        .anySatisfy(line -> assertThat(line).matches("carillon.grpc.port +7070 .*"))
        .noneSatisfy(line -> assertThat(line).contains("prot "));
    assertThat(problems(file, environment)).hasSize(2);
  }

  private static List<String> problems(
      @org.jspecify.annotations.Nullable Path file, Map<String, String> environment) {
    return catchThrowableOfType(
            InvalidConfigurationException.class, () -> Configuration.load(file, environment))
        .problems();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("carillon.conf"), text);
  }
}

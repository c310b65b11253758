package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.Client;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.providers.simulated.SimulatedLog;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.BulkJob;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Nodes over one PostgreSQL, with short leases, each with a carrier that writes down what it was
/// handed; and what callers, operators and the carriers' own logs say.
final class Scene {
  /// Workers of a node, those for urgent jobs included, and what each may have in doubt.
  static final int WORKERS = 3;

  static final int WINDOW = 100;

  private static final String LOG = ".carrier";

  private static final Set<Status.Code> UNAVAILABLE =
      Set.of(
          Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED, Status.Code.DEADLINE_EXCEEDED);

  private static final Duration FAULT =
      Duration.ofSeconds(Integer.getInteger("carillon.fault.seconds", 2));

  private final Path directory;
  private final String nodesUrl;
  private final String operatorKey;
  private final Map<String, Long> numbers = new ConcurrentHashMap<>();
  private volatile EmbeddedPostgres postgres;

  /// @param nodesUrl how nodes reach it
  Scene(Path directory, EmbeddedPostgres postgres, String nodesUrl) {
    this.directory = directory;
    this.postgres = postgres;
    this.nodesUrl = nodesUrl;
    this.operatorKey =
        TestKeys.create(
            PostgresSource.of(Configuration.load(null, settings("none", Map.of())).store()),
            Role.OPERATOR);
  }

  /// How long a fault lasts that has a length: `-Dcarillon.fault.seconds`, 2 unless given.
  static Duration faultTime() {
    return FAULT;
  }

  /// Most messages that one node can leave in doubt.
  static long inDoubtOfOneNode() {
    return (long) WORKERS * WINDOW;
  }

  /// Looks at another server from now on.
  void moveTo(EmbeddedPostgres other) {
    postgres = other;
  }

  /// The settings of a node of that name, by the names of their environment variables.
  Map<String, String> settings(String node, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_DATABASE_URL", nodesUrl);
    settings.put("CARILLON_DATABASE_USER", postgres.user());
    settings.put("CARILLON_DATABASE_PASSWORD", postgres.password());
    settings.put("CARILLON_DATABASE_CONNECT_TIMEOUT", "500ms");
    settings.put("CARILLON_DATABASE_CALL_CONNECTIONS", "6");
    settings.put("CARILLON_DATABASE_ENGINE_CONNECTIONS", "8");
    settings.put("CARILLON_DISPATCH_WORKERS", Integer.toString(WORKERS - 1));
    settings.put("CARILLON_DISPATCH_URGENT_WORKERS", "1");
    settings.put("CARILLON_DISPATCH_LEASE_TIME", "1s");
    settings.put("CARILLON_DISPATCH_DOUBT_MARGIN", "200ms");
    settings.put("CARILLON_DISPATCH_THROTTLE_PAUSE", "50ms");
    settings.put("CARILLON_RETRY_FIRST_DELAY", "50ms");
    settings.put("CARILLON_KEEPING_PERIOD", "100ms");
    settings.put("CARILLON_CIRCUIT_OPEN_TIME", "300ms");
    settings.put("CARILLON_LIMITS_CHUNK_SIZE", "200");
    settings.put("CARILLON_SIMULATED_WINDOW", Integer.toString(WINDOW));
    settings.put("CARILLON_SIMULATED_LATENCY_FROM", "50ms");
    settings.put("CARILLON_SIMULATED_LATENCY_TO", "250ms");
    settings.put("CARILLON_SIMULATED_RECEIPT_FROM", "10ms");
    settings.put("CARILLON_SIMULATED_RECEIPT_TO", "100ms");
    settings.put("CARILLON_SIMULATED_RETRY_AFTER", "50ms");
    settings.put("CARILLON_SIMULATED_ANSWER_TIMEOUT", "500ms");
    settings.put("CARILLON_SIMULATED_LOG_FILE", log(node).toString());
    settings.putAll(more);
    return settings;
  }

  /// A caller with a key of the role operator.
  Client operator(int port) {
    return new Client(port, operatorKey);
  }

  /// What an operator may call.
  static AdminServiceGrpc.AdminServiceBlockingStub admin(Client operator) {
    return AdminServiceGrpc.newBlockingStub(operator.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  /// Makes the call again as long as it is refused because the store is away, as a caller would;
  /// any other refusal is thrown.
  static <T> T patiently(Callable<T> call) throws Exception {
    List<T> answer = new ArrayList<>();
    Until.holds(
        "an answer",
        () -> {
          try {
            answer.add(call.call());
          } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).as(refused.toString()).isIn(UNAVAILABLE);
          }
          return !answer.isEmpty();
        });
    return answer.getFirst();
  }

  /// Asks until the job is as wanted, through whatever refusals there are while the store is away.
  static BulkJob await(Client client, String bulkId, String what, Predicate<BulkJob> wanted)
      throws Exception {
    List<BulkJob> last = new ArrayList<>();
    try {
      Until.holds(
          what,
          () -> {
            last.add(patiently(() -> client.get(bulkId)));
            return wanted.test(last.getLast());
          });
    } catch (AssertionError never) {
      throw new AssertionError(never.getMessage() + "; it is " + last.getLast(), never);
    }
    return last.getLast();
  }

  /// When so many of its messages have an outcome.
  static BulkJob awaitProcessed(Client client, String bulkId, long messages) throws Exception {
    return await(client, bulkId, "progress", job -> job.getCounters().getProcessed() >= messages);
  }

  /// Everything of the job that carriers were handed, over all nodes.
  List<SimulatedLog.Entry> handedOver(String bulkId) throws IOException, SQLException {
    long number = number(bulkId);
    List<SimulatedLog.Entry> all = new ArrayList<>();
    try (Stream<Path> logs = Files.list(directory)) {
      for (Path log : logs.filter(file -> file.toString().endsWith(LOG)).toList()) {
        all.addAll(read(log, number));
      }
    }
    return all;
  }

  /// What the carrier of that node was handed of it.
  List<SimulatedLog.Entry> handedOver(String bulkId, String node) throws IOException, SQLException {
    return Files.exists(log(node)) ? read(log(node), number(bulkId)) : List.of();
  }

  private static List<SimulatedLog.Entry> read(Path log, long job) throws IOException {
    return SimulatedLog.read(log).stream()
        .filter(entry -> entry.ref().job().value() == job)
        .toList();
  }

  private Path log(String node) {
    return directory.resolve(node + LOG);
  }

  private long number(String bulkId) throws SQLException {
    Long known = numbers.get(bulkId);
    if (known != null) {
      return known;
    }
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
        PreparedStatement query =
            connection.prepareStatement("SELECT id FROM job WHERE bulk_id = ?")) {
      query.setObject(1, UUID.fromString(bulkId));
      ResultSet rows = query.executeQuery();
      assertThat(rows.next()).isTrue();
      numbers.put(bulkId, rows.getLong(1));
      return rows.getLong(1);
    }
  }
}

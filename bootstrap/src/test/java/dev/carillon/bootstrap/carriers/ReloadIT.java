package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.bootstrap.service.ServedProcess;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.ListCarriersRequest;
import dev.carillon.v1.ListCarriersResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(300)
class ReloadIT {
  private static final String OTHER = Hook.SETTINGS.replace("carriers.meta", "carriers.other");

  @TempDir Path directory;

  @Test
  void takesCarriersOverFromTheFileWhileItRuns() throws Exception {
    Path file = write(Hook.SETTINGS);
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_RELOAD_PERIOD", "100ms");
    settings.put("CARILLON_CALLBACKS_PORT", "0");
    settings.put("CARILLON_DATABASE_DATA_DIRECTORY", directory.resolve("data").toString());
    String key = operatorKey(settings);
    try (RunningCarillon carillon = RunningCarillon.with(file, settings);
        Client operator = new Client(carillon.port(), key);
        Hook meta = new Hook(carillon.callbackPort(), "meta");
        Hook other = new Hook(carillon.callbackPort(), "other")) {
      assertCarriers(carriers(operator), "meta:whatsapp", "simulated:simulated");
      assertThat(carriers(operator).hasLastReload()).isFalse();
      assertThat(List.of(meta.call("{}"), other.call("{}"))).containsExactly(200, 404);

      write("carillon.carriers.meta { type = whatsapp }");
      ListCarriersResponse refused = await(operator, it -> it.hasLastReload());
      assertThat(refused.getLastReload().getProblem()).contains("carriers.meta");
      assertCarriers(refused, "meta:whatsapp", "simulated:simulated");
      assertThat(meta.call("{}")).isEqualTo(200);

      write(OTHER);
      ListCarriersResponse taken = await(operator, it -> it.getLastReload().getProblem().isEmpty());
      assertCarriers(taken, "other:whatsapp", "simulated:simulated");
      assertThat(List.of(meta.call("{}"), other.call("{}"))).containsExactly(404, 200);
    }
  }

  /// A new carrier needs a number that the store gives. Those that run go on, and what was written
  /// meanwhile is taken over when the store is back, without anybody asking again.
  @Test
  void takesCarriersOverOnceTheStoreIsBack() throws Exception {
    Path data = directory.resolve("data");
    EmbeddedPostgres postgres = EmbeddedPostgres.persistent(data);
    int port = postgres.port();
    Map<String, String> settings = new HashMap<>(Hook.database(postgres));
    settings.put("CARILLON_RELOAD_PERIOD", "100ms");
    settings.put("CARILLON_CALLBACKS_PORT", "0");
    settings.put("CARILLON_DATABASE_CONNECT_TIMEOUT", "500ms");
    String key = operatorKey(settings);
    try (RunningCarillon carillon = RunningCarillon.with(write(Hook.SETTINGS), settings);
        Client operator = new Client(carillon.port(), key);
        Hook meta = new Hook(carillon.callbackPort(), "meta");
        Hook other = new Hook(carillon.callbackPort(), "other");
        Told told = Told.by("dev.carillon.bootstrap.CarrierReload")) {
      assertCarriers(carriers(operator), "meta:whatsapp", "simulated:simulated");
      postgres.close();

      write(OTHER);
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(
              () -> told.lines().stream().anyMatch(line -> line.contains("waits for the store")));
      assertThat(List.of(meta.call("{}"), other.call("{}"))).containsExactly(200, 404);
      postgres = EmbeddedPostgres.persistent(data, port);

      ListCarriersResponse taken =
          Awaitility.await()
              .atMost(60, TimeUnit.SECONDS)
              .ignoreException(StatusRuntimeException.class)
              .until(() -> carriers(operator), it -> it.hasLastReload());
      assertThat(taken.getLastReload().getProblem()).isEmpty();
      assertCarriers(taken, "other:whatsapp", "simulated:simulated");
      assertThat(List.of(meta.call("{}"), other.call("{}"))).containsExactly(404, 200);
    } finally {
      postgres.close();
    }
  }

  @Test
  void looksAtTheFileAtOnceWhenItIsHungUp() throws Exception {
    assumeThat(hangUpIsIgnored())
        .as("SIGHUP is ignored in this session, as under nohup, and so in all its processes")
        .isFalse();
    Path file = write(Hook.SETTINGS);
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_CONFIG", file.toString());
    settings.put("CARILLON_RELOAD_PERIOD", "1h");
    settings.put("CARILLON_CALLBACKS_PORT", "0");
    settings.put("CARILLON_DATABASE_DATA_DIRECTORY", directory.resolve("data").toString());
    try (ServedProcess served = ServedProcess.start(directory, settings)) {
      write(OTHER + "carillon.grpc.host = 0.0.0.0");
      assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(served.pid())).start().waitFor())
          .isZero();

      assertThat(served.readTo("need a restart"))
          .anyMatch(line -> line.contains("started [other], replaced [], ended [meta]"))
          .anyMatch(line -> line.contains("grpc.host"));
      assertThat(served.end()).isZero();
    }
  }

  /// Bit 0 of the mask of ignored signals is SIGHUP (proc(5), /proc/pid/status).
  private static boolean hangUpIsIgnored() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
  }

  private static String operatorKey(Map<String, String> settings) {
    try (PostgresSource source = PostgresSource.of(Configuration.load(null, settings).store())) {
      return TestKeys.create(source, Role.OPERATOR);
    }
  }

  private static void assertCarriers(ListCarriersResponse listed, String... expected) {
    assertThat(listed.getCarriersList())
        .extracting((Carrier carrier) -> carrier.getId() + ":" + carrier.getType())
        .containsExactly(expected);
  }

  private static ListCarriersResponse await(
      Client operator, Predicate<ListCarriersResponse> wanted) {
    return Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> carriers(operator), wanted);
  }

  private static ListCarriersResponse carriers(Client operator) {
    AdminServiceBlockingStub admin =
        AdminServiceGrpc.newBlockingStub(operator.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()))
            .withDeadlineAfter(60, TimeUnit.SECONDS);
    return admin.listCarriers(ListCarriersRequest.getDefaultInstance());
  }

  /// As editors do: never half a file.
  private Path write(String text) throws IOException {
    Path whole = Files.writeString(directory.resolve("whole.conf"), text);
    return Files.move(
        whole, directory.resolve("carillon.conf"), StandardCopyOption.REPLACE_EXISTING);
  }

  /// What is logged meanwhile.
  private record Told(Logger logger, ListAppender<ILoggingEvent> appender)
      implements AutoCloseable {
    static Told by(String name) {
      ListAppender<ILoggingEvent> appender = new ListAppender<>();
      appender.list = new CopyOnWriteArrayList<>();
      appender.start();
      Logger logger = (Logger) LoggerFactory.getLogger(name);
      logger.addAppender(appender);
      return new Told(logger, appender);
    }

    List<String> lines() {
      return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
      logger.detachAppender(appender);
    }
  }
}

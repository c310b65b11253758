package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.ConfirmDispatchRequest;
import dev.carillon.v1.DispatchSwitch;
import dev.carillon.v1.GetDispatchSwitchRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FailoverIT {
  private static final int MESSAGES = 3_000;
  private static final Duration LOOK = Duration.ofMillis(500);

  @TempDir Path directory;

  @Test
  void afterAFailoverNothingIsMarkedUntilAnOperatorConfirms() throws Exception {
    Path data = directory.resolve("primary");
    Map<String, String> parameters = Map.of("synchronous_standby_names", "standby");
    EmbeddedPostgres.persistent(data).close();
    copy(data, directory.resolve("standby"));
    try (Server primary = new Server(data, parameters);
        Server standby = standbyOf(primary);
        FaultProxy proxy = new FaultProxy(primary.postgres().port())) {
      Scene scene = new Scene(directory, primary.postgres(), proxy.jdbcUrl());
      try (RunningCarillon node = RunningCarillon.with(scene.settings("node", Map.of()));
          Client operator = scene.operator(node.port())) {
        String bulkId = node.client().create(Client.anSmsJobTo(MESSAGES)).getBulkId();
        Scene.awaitProcessed(node.client(), bulkId, MESSAGES / 4);

        primary.kill();
        promote(standby.postgres());
        scene.moveTo(standby.postgres());
        int before = scene.handedOver(bulkId).size();
        proxy.pointTo(standby.postgres().port());

        DispatchSwitch off = awaitOff(operator);
        assertThat(off.getReason()).contains("timeline");
        assertNothingIsHandedOver(scene, bulkId);
        int handedOver = scene.handedOver(bulkId).size();
        System.out.printf(
            "fault: failover: %d handed over before, %d when off%n", before, handedOver);
        assertThat((long) handedOver - before).isLessThanOrEqualTo(Scene.inDoubtOfOneNode());
        assertThat(handedOver).isLessThan(MESSAGES);

        Scene.patiently(() -> Scene.admin(operator).confirmDispatch(confirmationOf(off)));
        new Audit(scene, node.client(), operator)
            .ofEnded("failover", bulkId, MESSAGES, Scene.inDoubtOfOneNode());
      }
    }
  }

  private static DispatchSwitch awaitOff(Client operator) throws Exception {
    Until.holds("that dispatch is off", () -> !dispatch(operator).getOn());
    return dispatch(operator);
  }

  private static DispatchSwitch dispatch(Client operator) throws Exception {
    return Scene.patiently(() ->
        Scene.admin(operator)
            .getDispatchSwitch(GetDispatchSwitchRequest.getDefaultInstance())
            .getDispatchSwitch());
  }

  private static ConfirmDispatchRequest confirmationOf(DispatchSwitch seen) {
    return ConfirmDispatchRequest.newBuilder().setHistoryToken(seen.getHistoryToken()).build();
  }

  /// From the moment on at which what was on its way has arrived.
  private static void assertNothingIsHandedOver(Scene scene, String bulkId) throws Exception {
    int[] size = {-1};
    Until.holds(
        "that nothing more is handed over",
        () -> {
          int last = size[0];
          size[0] = scene.handedOver(bulkId).size();
          return last >= 0 && !Until.within(LOOK, () -> scene.handedOver(bulkId).size() > size[0]);
        });
  }

  private Server standbyOf(Server primary) throws Exception {
    Path home = directory.resolve("standby");
    Path data = home.resolve("cluster").resolve("data");
    Files.createFile(data.resolve("standby.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'%n"
            .formatted(
                primary.postgres().port(),
                primary.postgres().user(),
                primary.postgres().password()),
        StandardOpenOption.APPEND);
    return new Server(home, Map.of());
  }

  private static void promote(EmbeddedPostgres standby) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                standby.jdbcUrl("postgres"), standby.user(), standby.password());
        Statement statement = connection.createStatement();
        ResultSet promoted = statement.executeQuery("SELECT pg_promote(true, 30)")) {
      assertThat(promoted.next()).isTrue();
      assertThat(promoted.getBoolean(1)).isTrue();
    }
  }

  /// The data of a server that does not run (there is no pg_basebackup among its programs).
  private static void copy(Path from, Path to) throws Exception {
    Process copying =
        new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
    assertThat(copying.waitFor()).isZero();
    Files.deleteIfExists(to.resolve("lock"));
  }
}

package dev.carillon.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedPostgresIT {
  // Shared, as making a durable cluster takes a second: each test leaves it fit for the next.
  @TempDir static Path directory;

  @Test
  void keepsDataOverARestart() throws Exception {
    int before = rowsAfterAdding();
    assertThat(rowsAfterAdding()).isEqualTo(before + 1);
  }

  @Test
  void makesTheDirectoryItIsGiven(@TempDir Path fresh) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(fresh.resolve("a/b"))) {
      assertThat(Rows.in(postgres).ask("select 1")).isEqualTo("1");
    }
  }

  @Test
  void keepsItsDurabilityWhenTheDataAreKept() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      assertThat(Rows.in(postgres).ask("show fsync")).isEqualTo("on");
      assertThat(Rows.in(postgres).ask("show full_page_writes")).isEqualTo("on");
      assertThat(Rows.in(postgres).ask("show synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void listensOnThePortItIsGiven() throws Exception {
    int port = freePort();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory, port)) {
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(Rows.in(postgres).ask("show port")).isEqualTo(Integer.toString(port));
      assertThat(Rows.in(postgres).ask("show listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void saysWhyItDidNotStartWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatExceptionOfType(EmbeddedPostgresException.class)
          .isThrownBy(() -> EmbeddedPostgres.persistent(directory, taken.getLocalPort()))
          .withMessageContaining("Address already in use");
    }
    EmbeddedPostgres.persistent(directory).close();
  }

  @Test
  void passesParametersOn() throws Exception {
    Map<String, String> parameters = Map.of("max_connections", "17", "timezone", "Asia/Kathmandu");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory, 0, parameters)) {
      assertThat(Rows.in(postgres).ask("show max_connections")).isEqualTo("17");
      assertThat(
              Rows.in(postgres)
                  .ask("select reset_val from pg_settings where name = 'log_timezone'"))
          .isEqualTo("UTC");
    }
  }

  @Test
  void refusesParametersThatItsPromisesRestOn(@TempDir Path fresh) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedPostgres.persistent(fresh, 0, Map.of("fsync", "off")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedPostgres.persistent(fresh, 0, Map.of("listen_addresses", "*")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedPostgres.temporary(Map.of("x=1 -c y", "1")));
    assertThat(fresh).isEmptyDirectory();
  }

  @Test
  void asksForThePassword() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() ->
              DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.user(), "wrong"))
          .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void keepsValuesOfRowsOutOfItsLog() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      try (Connection connection = Rows.in(postgres).connect();
          var statement = connection.createStatement()) {
        statement.execute("create table if not exists contact (address text primary key)");
        statement.execute("truncate contact");
        statement.execute("insert into contact values ('+447700900123')");
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute("insert into contact values ('+447700900123')"));
      }
    }
    assertThat(directory.resolve("cluster/postgres.log"))
        .content()
        .contains("duplicate key")
        .doesNotContain("447700900123");
  }

  @Test
  void refusesASecondInstanceInTheSameProcess() throws Exception {
    try (EmbeddedPostgres first = EmbeddedPostgres.persistent(directory)) {
      assertThatExceptionOfType(DataDirectoryInUseException.class)
          .isThrownBy(() -> EmbeddedPostgres.persistent(directory))
          .withMessageContaining("in use by this process");
      assertThat(Rows.in(first).ask("select 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesASecondInstanceOfAnotherProcess() throws Exception {
    try (KilledJvm owner = KilledJvm.start(directory)) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        assertThatExceptionOfType(DataDirectoryInUseException.class)
            .isThrownBy(() -> EmbeddedPostgres.persistent(directory))
            .withMessageContaining("pid " + owner.pid());
      }
      owner.kill();
    }
    EmbeddedPostgres.persistent(directory).close();
  }

  @Test
  void takesOverFromAJvmThatWasKilled() throws Exception {
    int before = rowsAfterAdding();
    try (KilledJvm owner = KilledJvm.start(directory)) {
      owner.kill();
      try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
        assertThat(Rows.in(postgres).count()).isEqualTo(before + 1);
        assertThat(postgres.pid()).isNotEqualTo(owner.serverPid());
      }
    }
  }

  @Test
  void takesOverWhenJvmAndServerWereKilled() throws Exception {
    int before = rowsAfterAdding();
    try (KilledJvm owner = KilledJvm.start(directory)) {
      Command.signal("KILL", owner.serverPid());
      owner.kill();
      try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
        assertThat(Rows.in(postgres).count()).isEqualTo(before + 1);
      }
    }
  }

  @Test
  void stopsTheServerOfAKilledJvmWithoutANextStart() throws Exception {
    try (KilledJvm owner = KilledJvm.start(directory)) {
      owner.kill();
      Path pidFile = directory.resolve("cluster/data/postmaster.pid");
      assertThat(Poll.until(Duration.ofSeconds(20), () -> !Files.exists(pidFile))).isTrue();
    }
  }

  @Test
  void takesOverFromAServerThatNobodyStopped() throws Exception {
    EmbeddedPostgres.persistent(directory).close();
    Cluster cluster = new Cluster(directory.toRealPath().resolve("cluster"));
    Process orphan = OrphanedServer.start(cluster, freePort());
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      assertThat(orphan.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Rows.in(postgres).ask("select 1")).isEqualTo("1");
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void startsWhenThePidLeftOverBelongsToSomeoneElse() throws Exception {
    EmbeddedPostgres.persistent(directory).close();
    Path pidFile = directory.resolve("cluster/data/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      assertThat(Rows.in(postgres).ask("select 1")).isEqualTo("1");
    }
  }

  @Test
  void startsAfterAnInitdbThatWasCutShort(@TempDir Path fresh) throws Exception {
    Path half = Files.createDirectories(fresh.resolve("cluster.initializing/data"));
    Files.writeString(half.resolve("PG_VERSION"), "18\n");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(fresh)) {
      assertThat(Rows.in(postgres).ask("select 1")).isEqualTo("1");
    }
    assertThat(fresh.resolve("cluster.initializing")).doesNotExist();
  }

  @Test
  void refusesDataOfAnotherMajorVersion() throws Exception {
    EmbeddedPostgres.persistent(directory).close();
    Path version = directory.resolve("cluster/data/PG_VERSION");
    String own = Files.readString(version);
    Files.writeString(version, "12\n");
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> EmbeddedPostgres.persistent(directory))
        .withMessageContaining("PostgreSQL 12")
        .withMessageContaining("PostgreSQL " + own.strip());
    Files.writeString(version, own);
    EmbeddedPostgres.persistent(directory).close();
  }

  @Test
  void tellsWhenTheServerEndsByItself() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      postgres.onExit(told::countDown);
      Command.signal("KILL", postgres.pid());
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysNothingWhenItIsClosed() {
    AtomicBoolean told = new AtomicBoolean();
    EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory);
    postgres.onExit(() -> told.set(true));
    postgres.close();
    postgres.close();
    assertThat(told).isFalse();
  }

  @Test
  void stopsCleanlyInAnInterruptedThread() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory);
    Thread.currentThread().interrupt();
    postgres.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(directory.resolve("cluster/postgres.log"))
        .content()
        .contains("database system is shut down");
  }

  @Test
  void stopsUnderOpenConnections() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory);
    try (Connection open = Rows.in(postgres).connect()) {
      postgres.close();
      assertThat(open.isValid(5)).isFalse();
    }
    assertThat(ProcessHandle.of(postgres.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void leavesNothingOfATemporaryServer() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
    Rows.in(postgres).add();
    postgres.close();
    assertThat(postgres.directory()).doesNotExist();
  }

  @Test
  void leavesNothingOfATemporaryServerThatNobodyClosed() throws Exception {
    assertThat(ForgetfulJvm.run()).doesNotExist();
  }

  @Test
  void runsSeveralTemporaryServersAtOnce() throws Exception {
    try (EmbeddedPostgres one = EmbeddedPostgres.temporary();
        EmbeddedPostgres other = EmbeddedPostgres.temporary()) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(Rows.in(other).ask("select 1")).isEqualTo("1");
    }
  }

  private static int rowsAfterAdding() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(directory)) {
      Rows.in(postgres).add();
      return Rows.in(postgres).count();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}

package dev.carillon.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void saysInWordsWhyADirectoryCannotHoldData(@TempDir Path fresh) throws Exception {
    Path file = Files.writeString(fresh.resolve("notes.txt"), "mine");
    Path below = file.resolve("data");

    assertThat(refusalOf(file))
        .isEqualTo("The data directory %s is a file. Choose a directory.".formatted(file));
    assertThat(refusalOf(below))
        .startsWith("The data directory %s cannot be made: ".formatted(below))
        .contains(file.toString())
        .doesNotContain("Exception");
    assertThat(refusalOf(Path.of("/proc/nope")))
        .startsWith("The data directory /proc/nope cannot be made: ")
        .doesNotContain("Exception");
    assertThat(refusalOf(fresh))
        .startsWith("The data directory %s holds files that are not Carillon's".formatted(fresh))
        .contains("notes.txt", "Choose an empty directory");
    assertThat(fresh).isDirectoryNotContaining(entry -> !entry.equals(file));
  }

  /// A file system's own, what a node that was cut short left, and hidden files.
  @Test
  void takesADirectoryThatIsAsGoodAsEmpty(@TempDir Path fresh) throws Exception {
    for (String name : List.of("lost+found", "cluster.initializing")) {
      Files.createDirectory(fresh.resolve(name));
    }
    for (String name : List.of("lock", "witness", "webhook-key", ".hidden")) {
      Files.createFile(fresh.resolve(name));
    }

    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(fresh)) {
      assertThat(Rows.in(postgres).ask("select 1")).isEqualTo("1");
    }
  }

  @Test
  void takesTheDirectoryOfItsOwnNameWithWhatElseIsThere(@TempDir Path fresh) throws Exception {
    Path named = fresh.resolve(".carillon");
    Files.createDirectories(named.resolve("benchmark-1"));

    try (EmbeddedPostgres postgres = EmbeddedPostgres.persistent(named)) {
      assertThat(Rows.in(postgres).ask("select 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "data/PG_VERSION", "data/global/pg_control"})
  void saysInWordsThatDataAreNotWhole(String missing) throws Exception {
    EmbeddedPostgres.persistent(directory).close();
    Path file = directory.resolve("cluster").resolve(missing);
    Path away = Files.move(file, file.resolveSibling("away"));

    assertThat(refusalOf(directory))
        .contains("are not whole: " + missing + " is missing", directory.toRealPath().toString())
        .doesNotContain("Exception");

    Files.move(away, file);
    EmbeddedPostgres.persistent(directory).close();
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

  private static String refusalOf(Path directory) {
    DataDirectoryException refusal =
        catchThrowableOfType(
            DataDirectoryException.class, () -> EmbeddedPostgres.persistent(directory).close());
    assertThat(refusal).as(directory.toString()).isNotNull();
    return String.valueOf(refusal.getMessage());
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

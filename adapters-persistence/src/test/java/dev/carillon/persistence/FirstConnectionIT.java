package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FirstConnectionIT {
  private static final List<Duration> NEVER_AGAIN = List.of(Duration.ofDays(1));
  private static final List<Duration> AT_ONCE = Collections.nCopies(4, Duration.ZERO);

  @Test
  void isThereWherePostgresqlIs() {
    assertThatCode(() -> new FirstConnection(TestDatabase.empty(), NEVER_AGAIN).await())
        .doesNotThrowAnyException();
  }

  @Test
  void saysInOneLineWhereNobodyListens() throws IOException {
    int closed;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      closed = free.getLocalPort();
    }
    String place = "jdbc:postgresql://127.0.0.1:" + closed + "/carillon";

    assertThat(refusalOf(at(place + "?password=hunter2"), AT_ONCE))
        .isEqualTo("PostgreSQL at " + place + " cannot be reached: Connection refused");
  }

  @Test
  void triesAgainWhatIsOutOfReach() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (ServerSocket cutting = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> cutOff(cutting, tries));
      String place = "jdbc:postgresql://127.0.0.1:" + cutting.getLocalPort() + "/carillon";

      assertThat(refusalOf(at(place + "?sslmode=disable&gssEncMode=disable"), AT_ONCE))
          .contains("cannot be reached");
    }
    assertThat(tries).hasValue(AT_ONCE.size() + 1);
  }

  /// Another try would wait for a day.
  @Test
  void asksNobodyTwiceWhoRefuses() {
    DatabaseConfig known = TestDatabase.empty();
    DatabaseConfig stranger = with(known.jdbcUrl(), known.user(), "wrong", known);
    DatabaseConfig elsewhere =
        with(
            known.jdbcUrl().replaceFirst("/[^/]*$", "/no_such_database"),
            known.user(),
            known.password(),
            known);

    assertThat(refusalOf(stranger, NEVER_AGAIN)).contains("does not let us in", "password");
    assertThat(refusalOf(elsewhere, NEVER_AGAIN))
        .contains("does not let us in", "no_such_database");
  }

  private static String refusalOf(DatabaseConfig config, List<Duration> pauses) {
    StoreOutOfReachException refusal =
        catchThrowableOfType(
            StoreOutOfReachException.class, () -> new FirstConnection(config, pauses).await());
    assertThat(refusal).isNotNull();
    return String.valueOf(refusal.getMessage());
  }

  private static void cutOff(ServerSocket server, AtomicInteger tries) {
    try {
      while (true) {
        try (Socket caller = server.accept()) {
          tries.incrementAndGet();
          caller.getInputStream().read();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static DatabaseConfig at(String url) {
    return with(url, "carillon", "hunter2", TestDatabase.empty());
  }

  private static DatabaseConfig with(
      String url, String user, String password, DatabaseConfig like) {
    return new DatabaseConfig(
        url,
        user,
        password,
        like.callConnections(),
        like.engineConnections(),
        like.houseConnections(),
        like.connectTimeout());
  }
}

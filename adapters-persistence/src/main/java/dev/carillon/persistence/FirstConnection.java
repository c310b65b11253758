package dev.carillon.persistence;

import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first connection to PostgreSQL, which may be starting at the same time: what is out of reach
/// is tried a few times more, and told once. What refuses us is not tried again.
final class FirstConnection {
  private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  /// The longest that one try takes.
  private static final Duration LONGEST_TRY = Duration.ofSeconds(10);

  /// cannot_connect_now (it starts or stops), too_many_connections (PostgreSQL manual, Appendix A).
  private static final Set<String> PASSING = Set.of("57P03", "53300");

  /// connection exceptions.
  private static final String AWAY = "08";

  private final DatabaseConfig settings;
  private final List<Duration> pauses;

  FirstConnection(DatabaseConfig settings) {
    this(settings, PAUSES);
  }

  /// @param pauses between the tries
  FirstConnection(DatabaseConfig settings, List<Duration> pauses) {
    this.settings = settings;
    this.pauses = pauses;
  }

  /// Returns when PostgreSQL can be connected to. Throws a [StoreOutOfReachException].
  void await() {
    Optional<SQLException> failure = tried();
    failure
        .filter(FirstConnection::mayPass)
        .ifPresent(away -> LOG.warn("{}; it is tried {} times more", words(away), pauses.size()));
    Iterator<Duration> left = pauses.iterator();
    while (failure.filter(FirstConnection::mayPass).isPresent() && left.hasNext()) {
      sleep(left.next());
      failure = tried();
    }
    if (failure.isPresent()) {
      throw new StoreOutOfReachException(words(failure.get()), failure.get());
    }
  }

  private Optional<SQLException> tried() {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("loginTimeout", Long.toString(LONGEST_TRY.toSeconds()));
    try {
      DriverManager.getConnection(settings.jdbcUrl(), properties).close();
      return Optional.empty();
    } catch (SQLException failure) {
      return Optional.of(failure);
    }
  }

  private static boolean mayPass(SQLException failure) {
    return isAway(failure) || PASSING.contains(state(failure));
  }

  private static boolean isAway(SQLException failure) {
    return state(failure).startsWith(AWAY);
  }

  private static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("");
  }

  private String words(SQLException failure) {
    return "PostgreSQL at %s %s: %s"
        .formatted(
            settings.place(),
            isAway(failure) ? "cannot be reached" : "does not let us in",
            reason(failure).replace(settings.jdbcUrl(), settings.place()));
  }

  /// What failed first; the driver only says that something did.
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = Optional.ofNullable(root.getMessage()).orElse("the connection failed");
    return root instanceof UnknownHostException ? "there is no host " + said : said;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was awaited", interrupted);
    }
  }
}

package dev.carillon.persistence;

import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.job.JobId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells other nodes by NOTIFY which jobs changed, at most every 100 ms and in a transaction of its
/// own, since NOTIFY takes a lock of the whole server at commit; this node's listeners are told at
/// once. When the store is away, notices are lost, as the port allows.
public final class JooqProgressFeed implements ProgressFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JooqProgressFeed.class);
  private static final String NOTIFY_CHANNEL = "carillon_progress";

  /// It need not wait for the disk: notices are not kept anyway.
  private static final String TELL =
      "SELECT set_config('synchronous_commit', 'off', true), pg_notify(?, ?)";

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /// NOTIFY's payload holds less than 8,000 bytes; an id has at most 19 digits and a comma.
  private static final int IDS_PER_NOTICE = 350;

  private final Supplier<DataSource> pool;
  private final String node = UUID.randomUUID().toString().substring(0, 8);
  private final List<Consumer<JobId>> listeners = new CopyOnWriteArrayList<>();
  private final Set<JobId> untold = ConcurrentHashMap.newKeySet();
  private @Nullable Thread loop;

  JooqProgressFeed(Supplier<DataSource> pool) {
    this.pool = pool;
  }

  @Override
  public void changed(JobId job) {
    untold.add(job);
    listeners.forEach(listener -> listener.accept(job));
  }

  @Override
  public void onChange(Consumer<JobId> listener) {
    listeners.add(listener);
  }

  /// Starts telling and listening.
  public void start() {
    loop = Thread.ofPlatform().daemon().name("progress-feed").start(this::run);
  }

  /// Stops; what was not told yet is told before.
  @Override
  public void close() {
    Thread running = loop;
    if (running != null) {
      running.interrupt();
      try {
        running.join(AFTER_FAILURE);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Connection connection = pool.get().getConnection()) {
        listen(connection);
      } catch (SQLException away) {
        LOG.warn("progress notices to other nodes are interrupted: {}", away.getMessage());
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + NOTIFY_CHANNEL);
    }
    PGConnection notices = connection.unwrap(PGConnection.class);
    while (!Thread.currentThread().isInterrupted()) {
      tell(connection);
      PGNotification[] heard = notices.getNotifications(Math.toIntExact(INTERVAL.toMillis()));
      for (PGNotification notice : heard == null ? new PGNotification[0] : heard) {
        hear(notice.getParameter());
      }
    }
    tell(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("UNLISTEN " + NOTIFY_CHANNEL);
    }
  }

  private void tell(Connection connection) throws SQLException {
    while (!untold.isEmpty()) {
      List<JobId> some = untold.stream().limit(IDS_PER_NOTICE).toList();
      some.forEach(untold::remove);
      try (PreparedStatement statement = connection.prepareStatement(TELL)) {
        statement.setString(1, NOTIFY_CHANNEL);
        statement.setString(
            2,
            some.stream()
                .map(job -> Long.toString(job.value()))
                .collect(Collectors.joining(",", node + ":", "")));
        statement.execute();
      }
    }
  }

  private void hear(String payload) {
    if (payload.startsWith(node)) {
      return;
    }
    for (String id : payload.substring(payload.indexOf(':') + 1).split(",", -1)) {
      try {
        JobId job = new JobId(Long.parseLong(id));
        listeners.forEach(listener -> listener.accept(job));
      } catch (NumberFormatException foreign) {
        LOG.warn("somebody else notifies {}", NOTIFY_CHANNEL);
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}

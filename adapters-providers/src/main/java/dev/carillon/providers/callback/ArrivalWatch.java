package dev.carillon.providers.callback;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts connections off on which no whole call arrives in time, however busily bytes drip in. The
/// server's own time-outs begin anew with every byte.
final class ArrivalWatch implements Connection.Listener, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(ArrivalWatch.class);

  private final long most;
  private final ConcurrentHashMap<Connection, Long> arrivingSince = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("callback-arrivals").daemon().factory());

  private volatile @Nullable Future<?> cutting;

  ArrivalWatch(Duration most) {
    this.most = most.toNanos();
  }

  void start() {
    long period = Math.max(1, most / 10);
    cutting = timer.scheduleWithFixedDelay(this::cut, period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      arriving(connection);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    arrivingSince.remove(connection);
  }

  /// What arrives on it is waited for from now on.
  void arriving(Connection connection) {
    arrivingSince.put(connection, System.nanoTime());
  }

  /// A whole call has arrived on it and is worked on.
  void arrived(Connection connection) {
    arrivingSince.remove(connection);
  }

  @Override
  public void close() {
    Future<?> begun = cutting;
    if (begun != null) {
      begun.cancel(false);
    }
    timer.shutdownNow();
  }

  private void cut() {
    long now = System.nanoTime();
    arrivingSince.forEach((connection, since) -> {
      if (now - since > most) {
        arrivingSince.remove(connection, since);
        close(connection);
      }
    });
  }

  private static void close(Connection connection) {
    try {
      bare(connection.getEndPoint()).close();
    } catch (RuntimeException e) {
      // or else no other would be cut off any more
      logger.warn("a connection could not be cut off", e);
    }
  }

  /// Without TLS, which would first say good-bye.
  private static EndPoint bare(EndPoint endPoint) {
    EndPoint bare = endPoint;
    while (bare instanceof EndPoint.Wrapper wrapper) {
      bare = wrapper.unwrap();
    }
    return bare;
  }
}

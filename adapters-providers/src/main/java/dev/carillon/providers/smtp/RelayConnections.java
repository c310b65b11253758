package dev.carillon.providers.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps connections to the relay for the next mail. As many are out at a time as mails are under
/// way, which is bounded by who takes them. A pool of a library would hide what this has to tell
/// apart: a connection that cannot be made before a mail, and one that ends after it.
final class RelayConnections implements AutoCloseable {
  /// A connection that rested longer is asked after before it is given a mail: relays close those
  /// that are silent, and some firewalls forget them without a word.
  private static final long TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();

  private static final Logger logger = LoggerFactory.getLogger(RelayConnections.class);

  private final RelayConnector connector;
  private final SmtpConfig.Limits limits;
  private final Deque<RelayConnection> resting = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  RelayConnections(RelayConnector connector, SmtpConfig.Limits limits) {
    this.connector = connector;
    this.limits = limits;
  }

  /// From now on connections that rest too long are ended.
  void start() {
    Thread.ofVirtual().name("smtp-connections").start(this::sweep);
  }

  /// The connection that was used last, or a new one.
  ///
  /// @throws RelayUnavailable when there is none to be had
  RelayConnection take() throws RelayUnavailable {
    RelayConnection kept = next();
    if (kept == null) {
      return connector.connect();
    }
    if (System.nanoTime() - kept.lastUsed() < TRUSTED_NANOS || kept.answers()) {
      return kept;
    }
    kept.close();
    // To ask all the others, which rested longer, might take longer than there is time.
    return takeNew();
  }

  /// A new one. Those that rest are ended: they are as old as one that turned out to be gone.
  ///
  /// @throws RelayUnavailable when there is none to be had
  RelayConnection takeNew() throws RelayUnavailable {
    restingSince(Long.MAX_VALUE).forEach(RelayConnection::close);
    return connector.connect();
  }

  /// Keeps a connection for the next mail, or ends it.
  void giveBack(RelayConnection connection) {
    boolean fresh = connection.isWhole() && connection.mails() < limits.mailsPerConnection();
    if (!fresh || !keep(connection)) {
      connection.close();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    restingSince(Long.MAX_VALUE).forEach(RelayConnection::close);
  }

  private synchronized @Nullable RelayConnection next() {
    return resting.pollLast();
  }

  private synchronized boolean keep(RelayConnection connection) {
    return !isClosed() && resting.offerLast(connection);
  }

  private void sweep() {
    while (!isClosedAfter(limits.idle().dividedBy(2))) {
      try {
        restingSince(System.nanoTime() - limits.idle().toNanos()).forEach(RelayConnection::close);
      } catch (RuntimeException | Error bug) {
        logger.error("idle connections could not be ended: {}", bug.getClass().getName());
      }
    }
  }

  /// Takes those out that were not used after a time.
  private synchronized List<RelayConnection> restingSince(long nanos) {
    List<RelayConnection> found = new ArrayList<>();
    while (!resting.isEmpty()
        && (nanos == Long.MAX_VALUE || resting.getFirst().lastUsed() - nanos < 0)) {
      found.add(resting.removeFirst());
    }
    return found;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private boolean isClosedAfter(Duration time) {
    try {
      return closed.await(Math.max(time.toNanos(), 1), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}

package dev.carillon.providers.smpp;

import dev.carillon.providers.Wordless;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.session.BindParameter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one bind: takes a slot, connects, binds, waits for the end, and begins again after a wait
/// that doubles with each failure.
final class SmppBind implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SmppBind.class);

  /// Between two questions whether there is a slot.
  private static final Duration NO_SLOT = Duration.ofSeconds(1);

  private static final Duration PROLONG = BindLease.TIME.dividedBy(5);
  private static final long LOOK_MILLIS = 100;

  /// How long what is under way has to be answered before a session that is to end is ended.
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final BindType type;
  private final SmppConfig config;
  private final BindLease lease;
  private final SmppSessions sessions;
  private final RandomGenerator random;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Duration wait;

  /// @param name for people
  SmppBind(
      String name,
      BindType type,
      SmppConfig config,
      BindLease lease,
      SmppSessions sessions,
      RandomGenerator random) {
    this.name = name;
    this.type = type;
    this.config = config;
    this.lease = lease;
    this.sessions = sessions;
    this.random = random;
    this.wait = config.timing().reconnectFrom();
  }

  /// Makes it end.
  void close() {
    closing.countDown();
  }

  @Override
  public void run() {
    try {
      boolean done = false;
      while (!done) {
        done = closing.await(onceSafely().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration onceSafely() throws InterruptedException {
    try {
      return once();
    } catch (RuntimeException | Error bug) {
      tell("a bind broke off", bug);
      return failed();
    }
  }

  /// One bind from its beginning to its end; how long to wait then.
  private Duration once() throws InterruptedException {
    if (!lease.take()) {
      sessions.failed("all binds are taken by other nodes", null);
      return NO_SLOT;
    }
    try {
      SmppSession session = sessions.make();
      long began = System.nanoTime();
      if (!open(session)) {
        return failed();
      }
      keep(session);
      boolean lasted = System.nanoTime() - began > wait.toNanos();
      wait = lasted ? config.timing().reconnectFrom() : wait;
      return lasted ? jittered(wait) : failed();
    } finally {
      lease.release();
    }
  }

  private boolean open(SmppSession session) {
    SmppPeer peer = config.peer();
    try {
      session.connectAndBind(
          peer.host(),
          peer.port(),
          new BindParameter(
              type,
              peer.systemId(),
              peer.password(),
              peer.systemType(),
              TypeOfNumber.UNKNOWN,
              NumberingPlanIndicator.UNKNOWN,
              peer.addressRange()),
          config.timing().bind().toMillis());
      return true;
    } catch (IOException e) {
      session.close();
      refused(e);
      return false;
    } catch (RuntimeException bug) {
      session.close();
      tell("a bind failed", bug);
      sessions.failed("the bind failed", null);
      return false;
    }
  }

  /// The library's words may hold what it was to write, the password too.
  private void tell(String what, Throwable bug) {
    log.error("{}: {}: {}", name, what, bug.getClass().getName());
    log.debug("{}", name, Wordless.of(bug));
  }

  private void refused(IOException e) {
    if (e.getCause() instanceof NegativeResponseException negative) {
      int status = negative.getCommandStatus();
      log.error("{}: the bind was refused: {}", name, SmppErrorCodes.detail(status));
      sessions.failed("bind: " + SmppErrorCodes.detail(status), status);
    } else {
      log.warn("{}: cannot be reached: {}", name, e.getClass().getSimpleName());
      sessions.failed("cannot be reached", null);
    }
  }

  private void keep(SmppSession session) throws InterruptedException {
    log.info("{}: bound", name);
    sessions.add(session, type);
    try {
      long prolonged = System.nanoTime();
      boolean held = true;
      while (held
          && !session.ended().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
          && closing.getCount() > 0
          && !session.isCondemned()) {
        long now = System.nanoTime();
        if (now - prolonged > PROLONG.toNanos()) {
          held = lease.prolong();
          prolonged = now;
        }
      }
      if (!held) {
        log.warn("{}: its slot is lost", name);
      }
      end(session);
    } finally {
      sessions.remove(session);
      log.info("{}: unbound", name);
    }
  }

  private static void end(SmppSession session) throws InterruptedException {
    session.condemn();
    long until = System.nanoTime() + QUIET_WITHIN.toNanos();
    while (!session.isQuiet()
        && until - System.nanoTime() > 0
        && !session.ended().await(10, TimeUnit.MILLISECONDS)) {
      // What is under way is awaited.
    }
    session.setTransactionTimer(Math.min(session.getTransactionTimer(), QUIET_WITHIN.toMillis()));
    session.unbindAndClose();
  }

  private Duration failed() {
    Duration now = wait;
    Duration doubled = wait.multipliedBy(2);
    Duration most = config.timing().reconnectTo();
    wait = doubled.compareTo(most) > 0 ? most : doubled;
    return jittered(now);
  }

  /// Half of it at least, so that not all come back at once.
  private Duration jittered(Duration time) {
    long nanos = time.toNanos();
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }

  /// What the binds of a carrier have in common.
  interface SmppSessions {
    /// A session that is not connected yet.
    SmppSession make();

    /// It is bound.
    void add(SmppSession session, BindType type);

    /// It has ended.
    void remove(SmppSession session) throws InterruptedException;

    /// A bind could not be made.
    ///
    /// @param status why the centre refused it; null when it did not
    void failed(String why, @Nullable Integer status);
  }
}

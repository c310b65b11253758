package dev.carillon.providers.smpp;

import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.Wordless;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jsmpp.bean.BindType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All binds of a carrier on this node, and what watches over time-outs.
final class SmppLinks implements SmppBind.SmppSessions, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmppLinks.class);

  private static final Duration LOOK = Duration.ofMillis(20);

  /// For so long without any session messages wait for one; then they are told that there is none.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How long closing waits for what is handed over to be sent and answered.
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final SmppConfig config;
  private final SmppQueue queue;
  private final SmppPace pace;
  private final SmppExchange exchange;
  private final SmppInbox inbox;
  private final List<SmppBind> binds = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<SmppSession> all = new CopyOnWriteArrayList<>();
  private final Map<SmppSession, Thread> senders = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CarrierId carrier;
  private volatile long lastUp = System.nanoTime();
  private volatile boolean draining;
  private volatile DispatchOutcome why = SmppExchange.unreachable("not bound yet");

  SmppLinks(
      CarrierId carrier,
      SmppConfig config,
      SmppQueue queue,
      SmppPace pace,
      SmppExchange exchange,
      SmppInbox inbox,
      BindSlots slots,
      RandomGenerator random) {
    this.carrier = carrier;
    this.config = config;
    this.queue = queue;
    this.pace = pace;
    this.exchange = exchange;
    this.inbox = inbox;
    for (int number = 1; number <= config.binds().sessions(); number++) {
      if (config.binds().separate()) {
        binds.add(bind(BindType.BIND_RX, number, slots, random));
        binds.add(bind(BindType.BIND_TX, number, slots, random));
      } else {
        binds.add(bind(BindType.BIND_TRX, number, slots, random));
      }
    }
  }

  private SmppBind bind(BindType type, int number, BindSlots slots, RandomGenerator random) {
    String name = "carrier %s, %s %d".formatted(carrier, type, number);
    BindLease lease =
        new BindLease(slots, carrier, UUID.randomUUID().toString(), config.binds().overall());
    return new SmppBind(name, type, config, lease, this, random);
  }

  void start() {
    lastUp = System.nanoTime();
    for (SmppBind bind : binds) {
      threads.add(Thread.ofVirtual().name("smpp-bind-" + carrier).start(bind));
    }
    threads.add(Thread.ofVirtual().name("smpp-watch-" + carrier).start(this::watch));
  }

  /// What to answer as there is no session to send over; empty when there is one, waiting a little
  /// for it while one has just been lost.
  Optional<DispatchOutcome> down(long until) {
    if (isUp()) {
      return Optional.empty();
    }
    long patience = Math.min(until, lastUp + PATIENCE.toNanos());
    lock.lock();
    try {
      long left = patience - System.nanoTime();
      while (!isUp() && !draining && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return isUp() ? Optional.empty() : Optional.of(noRoom());
  }

  /// What to answer to a message that could not be sent.
  DispatchOutcome noRoom() {
    if (draining) {
      return new DispatchOutcome.Withdrawn();
    }
    return isUp() ? new DispatchOutcome.Throttled(null) : why;
  }

  /// A session to ask something over.
  Optional<SmppSession> anyGood() {
    return all.stream().filter(SmppSession::isGood).findFirst();
  }

  private boolean isUp() {
    for (SmppSession session : all) {
      if (session.isGood()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public SmppSession make() {
    return SmppSession.of(config, exchange, inbox);
  }

  @Override
  public void add(SmppSession session, BindType type) {
    why = SmppExchange.unreachable("the connection was lost");
    all.add(session);
    if (type != BindType.BIND_RX) {
      senders.put(
          session,
          Thread.ofPlatform()
              .name("smpp-send-" + carrier)
              .daemon()
              .start(new SmppSender(session, queue, pace, exchange)));
    }
    tellChange();
  }

  @Override
  public void remove(SmppSession session) throws InterruptedException {
    all.remove(session);
    Thread sender = senders.remove(session);
    if (sender != null && !sender.join(CLOSE_WITHIN)) {
      log.error("carrier {}: a sender did not end with its session", carrier);
    }
  }

  @Override
  public void failed(String reason, @Nullable Integer status) {
    boolean account =
        status != null
            && config.treatment(status) == SmppTreatment.STOP
            && status != SmppErrorCodes.RALYBND.code();
    why =
        account
            ? DispatchOutcome.Unreachable.noContact(Reason.ACCOUNT_REFUSED, reason)
            : SmppExchange.unreachable(reason);
  }

  private void tellChange() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        safely(this::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What fails keeps nothing else from being looked at.
  private void safely(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException | Error bug) {
      log.error("carrier {}: a look failed: {}", carrier, bug.getClass().getName());
      log.debug("carrier {}", carrier, Wordless.of(bug));
    }
  }

  private void look() {
    long now = System.nanoTime();
    all.forEach(session -> safely(() -> session.expire(now)));
    if (isUp()) {
      lastUp = now;
    }
    boolean gone = now - lastUp > PATIENCE.toNanos();
    List<Parcel> late = gone ? queue.empty() : queue.late(now);
    late.forEach(parcel -> safely(() -> exchange.called(parcel, noRoom())));
  }

  /// Waits for what is handed over to be sent and answered, then unbinds; what could not be sent by
  /// then is withdrawn.
  @Override
  public void close() {
    draining = true;
    queue.close();
    long until = System.nanoTime() + CLOSE_WITHIN.toNanos();
    try {
      try {
        while (!isDone() && until - System.nanoTime() > 0 && isUp()) {
          TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
      } finally {
        closing.countDown();
        tellChange();
        binds.forEach(SmppBind::close);
      }
      for (Thread thread : threads) {
        thread.join(CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(SmppSession::close);
    queue.empty().forEach(parcel -> exchange.called(parcel, noRoom()));
  }

  private boolean isDone() {
    return queue.isEmpty() && all.stream().allMatch(SmppSession::isQuiet);
  }
}

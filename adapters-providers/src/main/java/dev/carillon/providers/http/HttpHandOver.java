package dev.carillon.providers.http;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.Wordless;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands messages over in groups, so many at a time, each group on a virtual thread of its own. At
/// most as many groups wait for their turn as are under way; who brings more waits. Every message
/// is asked for right before its request whether it may go, and is answered exactly once.
public final class HttpHandOver implements AutoCloseable {
  /// How long closing waits for what is under way before it is broken off.
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Logger logger = LoggerFactory.getLogger(HttpHandOver.class);
  private static final DispatchOutcome NO_TURN = new DispatchOutcome.Throttled(null);
  private static final DispatchOutcome WITHDRAWN = new DispatchOutcome.Withdrawn();
  private static final DispatchOutcome BUG =
      new DispatchOutcome.Unconfirmed("the request failed within the service");

  private final String name;
  private final HandOverLimits limits;
  private final CarrierHttp http;
  private final Request request;
  private final int most;
  private final Semaphore admitted;
  private final Semaphore turns;
  private volatile boolean closed;

  /// @param name of the carrier, for its threads and for the log
  /// @param http closed along with this
  public HttpHandOver(String name, HandOverLimits limits, CarrierHttp http, Request request) {
    this.name = name;
    this.limits = limits;
    this.http = http;
    this.request = request;
    this.most = 2 * limits.concurrency();
    this.admitted = new Semaphore(most, true);
    this.turns = new Semaphore(limits.concurrency(), true);
  }

  /// Takes messages over, and waits until the last of them is at least in line. What does not get
  /// its turn in time is answered as throttled.
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    long deadline = System.nanoTime() + limits.patience().toNanos();
    for (int next = 0; next < messages.size(); next += limits.group()) {
      List<OutboundMessage> group =
          messages.subList(next, Math.min(next + limits.group(), messages.size()));
      if (!acquire(admitted, deadline)) {
        answer(group, handOver, NO_TURN);
      } else {
        start(List.copyOf(group), handOver, deadline);
      }
    }
  }

  /// Ends it: what waits for its turn is given back, what is under way is waited for, and after 5 s
  /// broken off. Everything is answered when this returns.
  @Override
  public void close() {
    closed = true;
    boolean drained = awaitAll(DRAIN);
    http.close();
    if (!drained && !awaitAll(DRAIN)) {
      logger.warn("{} has not answered everything that it was handed", name);
    }
  }

  private void start(List<OutboundMessage> group, HandOver handOver, long deadline) {
    Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            inTurn(group, handOver, deadline);
          } finally {
            admitted.release();
          }
        });
  }

  private void inTurn(List<OutboundMessage> group, HandOver handOver, long deadline) {
    if (!acquire(turns, deadline)) {
      answer(group, handOver, NO_TURN);
      return;
    }
    try {
      if (closed) {
        answer(group, handOver, WITHDRAWN);
      } else {
        send(group, handOver);
      }
    } finally {
      turns.release();
    }
  }

  private void send(List<OutboundMessage> group, HandOver handOver) {
    List<OutboundMessage> going =
        group.stream().filter(message -> goes(message, handOver)).toList();
    if (going.isEmpty()) {
      return;
    }
    List<? extends DispatchOutcome> outcomes = outcomes(going);
    for (int i = 0; i < going.size(); i++) {
      handOver.answer(going.get(i), i < outcomes.size() ? outcomes.get(i) : BUG);
    }
  }

  private static boolean goes(OutboundMessage message, HandOver handOver) {
    if (handOver.mayGo()) {
      return true;
    }
    handOver.answer(message, WITHDRAWN);
    return false;
  }

  private List<? extends DispatchOutcome> outcomes(List<OutboundMessage> going) {
    try {
      return request.send(going);
    } catch (RuntimeException | Error e) {
      // its words may hold what it worked on
      logger.error("{}: a request failed within the service", name, Wordless.of(e));
      return List.of();
    }
  }

  private static void answer(
      List<OutboundMessage> group, HandOver handOver, DispatchOutcome outcome) {
    group.forEach(message -> handOver.answer(message, outcome));
  }

  private boolean awaitAll(Duration time) {
    if (!acquire(admitted, most, System.nanoTime() + time.toNanos())) {
      return false;
    }
    admitted.release(most);
    return true;
  }

  private static boolean acquire(Semaphore permits, long deadline) {
    return acquire(permits, 1, deadline);
  }

  private static boolean acquire(Semaphore permits, int count, long deadline) {
    try {
      return permits.tryAcquire(count, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// One request of a carrier.
  public interface Request {
    /// Sends messages, one at least, and tells what came of each, in their order. Blocks until that
    /// is known or the time for it is over.
    List<? extends DispatchOutcome> send(List<OutboundMessage> messages);
  }
}

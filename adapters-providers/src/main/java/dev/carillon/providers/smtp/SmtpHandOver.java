package dev.carillon.providers.smtp;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands mails over, as many at a time as there are connections, each on a virtual thread of its
/// own. Every message is asked for right before it goes whether it may, and is answered exactly
/// once.
final class SmtpHandOver implements AutoCloseable {
  /// How long closing waits for what is under way before it is broken off.
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Logger logger = LoggerFactory.getLogger(SmtpHandOver.class);
  private static final DispatchOutcome NO_TURN = new DispatchOutcome.Throttled(null);

  private final SmtpConfig.Limits limits;
  private final Sending sending;
  private final Runnable breakOff;
  private final Semaphore turns;
  private volatile boolean closed;

  /// @param breakOff makes everything under way end at once
  SmtpHandOver(SmtpConfig.Limits limits, Sending sending, Runnable breakOff) {
    this.limits = limits;
    this.sending = sending;
    this.breakOff = breakOff;
    this.turns = new Semaphore(limits.connections(), true);
  }

  /// Takes messages over, and waits until the last of them is under way. What does not get its turn
  /// in time is answered as throttled.
  void submit(List<OutboundMessage> messages, HandOver handOver) {
    long deadline = System.nanoTime() + limits.exchange().toNanos();
    for (OutboundMessage message : messages) {
      if (acquire(1, deadline - System.nanoTime())) {
        start(message, handOver);
      } else {
        handOver.answer(message, NO_TURN);
      }
    }
  }

  /// Ends it: what is under way is waited for, and after 5 s broken off. Everything is answered
  /// when this returns.
  @Override
  public void close() {
    closed = true;
    boolean drained = awaitAll();
    breakOff.run();
    if (!drained && !awaitAll()) {
      logger.warn("not everything that was handed over by SMTP is answered");
    }
  }

  private boolean awaitAll() {
    if (!acquire(limits.connections(), DRAIN.toNanos())) {
      return false;
    }
    turns.release(limits.connections());
    return true;
  }

  private void start(OutboundMessage message, HandOver handOver) {
    Thread.ofVirtual()
        .name("smtp")
        .start(() -> {
          try {
            handOver.answer(message, outcome(message, handOver));
          } finally {
            turns.release();
          }
        });
  }

  private DispatchOutcome outcome(OutboundMessage message, HandOver handOver) {
    if (closed) {
      return new DispatchOutcome.Withdrawn();
    }
    try {
      return sending.send(message, handOver::mayGo);
    } catch (RuntimeException | Error e) {
      // its words may hold what it worked on
      logger.error("a mail failed within the service: {}", e.getClass().getName());
      return new DispatchOutcome.Unconfirmed("the mail failed within the service");
    }
  }

  private boolean acquire(int count, long nanos) {
    try {
      return turns.tryAcquire(count, nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Sends one message.
  interface Sending {
    /// Blocks until it is known what came of it, or the time for that is over.
    ///
    /// @param mayGo asked right before the wire
    DispatchOutcome send(OutboundMessage message, BooleanSupplier mayGo);
  }
}

package dev.carillon.providers;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A carrier with the settings that it was made by, from its start until everything that it was
/// handed is answered.
final class CarrierInUse {
  private static final Logger logger = LoggerFactory.getLogger(CarrierInUse.class);
  private static final DispatchOutcome NOT_STARTED =
      DispatchOutcome.Unreachable.noContact(
          Reason.CARRIER_UNREACHABLE, "the carrier could not be started");

  private final CarrierConfig config;
  private final ConnectedCarrier carrier;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();
  private long open;
  private boolean retired;
  private boolean hurried;
  private volatile boolean started;

  CarrierInUse(CarrierConfig config, ConnectedCarrier carrier) {
    this.config = config;
    this.carrier = carrier;
  }

  CarrierConfig config() {
    return config;
  }

  ConnectedCarrier carrier() {
    return carrier;
  }

  /// Starts it when it is not started. False when it cannot be started now; that is logged.
  boolean start() {
    if (started) {
      return true;
    }
    try {
      carrier.start();
      started = true;
    } catch (RuntimeException e) {
      tell("cannot be started", e);
    }
    return started;
  }

  /// Hands messages over; false when it takes none any more, and has taken none of these.
  boolean submit(List<OutboundMessage> messages, HandOver handOver) {
    if (!begin(messages.size())) {
      return false;
    }
    HandOver counted = new Counted(handOver);
    if (started) {
      carrier.submit(messages, counted);
    } else {
      messages.forEach(message -> counted.answer(message, NOT_STARTED));
    }
    return true;
  }

  /// Takes no more messages, waits until all are answered, so long at most, and closes it. [#hurry]
  /// ends the waiting.
  void retire(Duration drain) {
    if (!awaitAnswers(drain)) {
      logger.warn("{} is closed with messages unanswered", carrier.id());
    }
    close();
  }

  /// Has it be closed soon, whatever is unanswered.
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      answered.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more messages, and closes it.
  void close() {
    awaitAnswers(Duration.ZERO);
    if (started) {
      try {
        carrier.close();
      } catch (RuntimeException e) {
        tell("did not close cleanly", e);
      }
    }
  }

  private void tell(String what, RuntimeException failure) {
    logger.error("the carrier {} {}: {}", carrier.id(), what, MaskedWords.of(failure));
    logger.debug("the carrier {}", carrier.id(), Wordless.of(failure));
  }

  private boolean begin(int count) {
    lock.lock();
    try {
      if (!retired) {
        open += count;
      }
      return !retired;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      open--;
      if (open <= 0) {
        answered.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitAnswers(Duration most) {
    long left = most.toNanos();
    lock.lock();
    try {
      retired = true;
      while (open > 0 && left > 0 && !hurried) {
        left = answered.awaitNanos(left);
      }
      return open <= 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Counts the answers.
  private final class Counted implements HandOver {
    private final HandOver handOver;

    Counted(HandOver handOver) {
      this.handOver = handOver;
    }

    @Override
    public boolean mayGo() {
      return handOver.mayGo();
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      try {
        handOver.answer(message, outcome);
      } finally {
        end();
      }
    }
  }
}

package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.simulated.ScriptedAnswers.Pace;
import dev.carillon.providers.simulated.SimulatedReceipts.Start;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of a message through the carrier: room for its receipts, the last question whether it
/// may go, the log, then its answer and its receipts at their times.
final class SimulatedWire {
  private static final Logger logger = LoggerFactory.getLogger(SimulatedWire.class);

  private static final DispatchOutcome WITHDRAWN = new DispatchOutcome.Withdrawn();
  private static final DispatchOutcome NO_ROOM = new DispatchOutcome.Throttled(null);

  private final SimulatedConfig config;
  private final InstantSource clock;
  private final Semaphore slots;
  private final TimedTasks answers;
  private final ReceiptPump receipts;
  private final SimulatedAnswers scripts;
  private final RateLimit rate;
  private final DelayRange latency;
  private final DelayRange receiptDelay;

  /// @param slots one for each message that may be unanswered at once
  SimulatedWire(
      SimulatedConfig config,
      InstantSource clock,
      Semaphore slots,
      TimedTasks answers,
      ReceiptPump receipts) {
    SimulatedConfig.Timing timing = config.timing();
    Random random = new Random(config.shares().seed());
    this.config = config;
    this.clock = clock;
    this.slots = slots;
    this.answers = answers;
    this.receipts = receipts;
    this.scripts = new SimulatedAnswers(config.ordinary(), config.shares());
    this.rate = new RateLimit(config.limits().ratePerSecond(), System::nanoTime);
    this.latency = new DelayRange(timing.latencyFrom(), timing.latencyTo(), random);
    this.receiptDelay = new DelayRange(timing.receiptFrom(), timing.receiptTo(), random);
  }

  /// Takes messages that hold a slot each, and gives every slot back when its message is answered.
  void take(
      List<OutboundMessage> group,
      HandOver handOver,
      Deadline deadline,
      @Nullable SimulatedLog log) {
    List<SimulatedScript> chosen = new ArrayList<>(group.size());
    int expected = 0;
    for (OutboundMessage message : group) {
      SimulatedScript script = scripts.script(message);
      chosen.add(script);
      expected += receiptCount(script);
    }
    if (!receipts.reserve(expected, deadline)) {
      group.forEach(message -> finish(message, handOver, NO_ROOM));
      return;
    }
    List<Passage> going = going(group, chosen, handOver);
    if (isWritten(going, log)) {
      going.forEach(this::pass);
    } else {
      going.forEach(this::giveBack);
    }
  }

  private List<Passage> going(
      List<OutboundMessage> group, List<SimulatedScript> chosen, HandOver handOver) {
    List<Passage> going = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      OutboundMessage message = group.get(i);
      SimulatedScript script = chosen.get(i);
      if (handOver.mayGo()) {
        going.add(passage(message, handOver, script));
      } else {
        receipts.release(receiptCount(script));
        finish(message, handOver, WITHDRAWN);
      }
    }
    return going;
  }

  private Passage passage(OutboundMessage message, HandOver handOver, SimulatedScript script) {
    Duration wait = rate.take();
    if (!wait.isZero()) {
      DispatchOutcome busy = new DispatchOutcome.Throttled(wait);
      return new Passage(message, handOver, script, false, busy, Pace.PROMPT);
    }
    SimulatedErrorCodes code = scripts.code(script, message);
    DispatchOutcome outcome =
        code.outcome(Passage.messageId(message), config.timing().retryAfter());
    return new Passage(
        message, handOver, script, code.takes(), outcome, script.answers().pace(code));
  }

  private boolean isWritten(List<Passage> going, @Nullable SimulatedLog log) {
    if (log == null || going.isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    try {
      log.append(
          going.stream()
              .map(passage -> SimulatedLog.Entry.of(passage.message(), passage.taken(), now))
              .toList());
      return true;
    } catch (IOException e) {
      logger.error("the hand-over log cannot be written; nothing is taken", e);
      return false;
    }
  }

  private void giveBack(Passage passage) {
    receipts.release(receiptCount(passage.script()));
    DispatchOutcome down = SimulatedErrorCodes.DOWN.outcome("", Duration.ZERO);
    finish(passage.message(), passage.handOver(), down);
  }

  private void pass(Passage passage) {
    int expected = receiptCount(passage.script());
    if (!passage.taken()) {
      receipts.release(expected);
      answers.run(() -> finish(passage), answerDelay(passage.pace()));
    } else if (expected > 0 && passage.script().receipts().start() == Start.BEFORE_ANSWER) {
      receipts.bring(passage.receipt(0, clock.instant()), Duration.ZERO, () -> answer(passage, 0));
    } else {
      answer(passage, expected);
    }
  }

  private void answer(Passage passage, int receiptsLeft) {
    answers.run(
        () -> {
          finish(passage);
          tell(passage, receiptsLeft);
        },
        answerDelay(passage.pace()));
  }

  private Duration answerDelay(Pace pace) {
    Duration timeout = config.timing().answerTimeout();
    return switch (pace) {
      case PROMPT -> latency.draw();
      case SLOW -> timeout.dividedBy(2);
      case TOO_LATE -> timeout.plus(timeout.dividedBy(2));
      case NEVER -> timeout;
    };
  }

  private void finish(Passage passage) {
    if (passage.pace() == Pace.NEVER) {
      slots.release();
    } else {
      finish(passage.message(), passage.handOver(), passage.outcome());
    }
  }

  private void finish(OutboundMessage message, HandOver handOver, DispatchOutcome outcome) {
    try {
      handOver.answer(message, outcome);
    } finally {
      slots.release();
    }
  }

  private void tell(Passage passage, int count) {
    Duration delay = lateness(passage);
    for (int i = 0; i < count; i++) {
      delay = delay.plus(receiptDelay.draw());
      receipts.bring(passage.receipt(i, clock.instant().plus(delay)), delay, () -> {});
    }
  }

  /// What is never answered has already waited for its time-out.
  private Duration lateness(Passage passage) {
    boolean late = passage.script().receipts().start() == Start.AFTER_TIME_OUT;
    return late && passage.pace() != Pace.NEVER ? config.timing().answerTimeout() : Duration.ZERO;
  }

  private int receiptCount(SimulatedScript script) {
    return config.receipts() ? script.receipts().count() : 0;
  }
}

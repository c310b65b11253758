package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.CarrierConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes messages and reaches nobody. What it answers and what it tells later is scripted by magic
/// addresses and by configuration; it echoes our reference, and its own message ids are stable and
/// unique. Every message gets exactly one answer, except where its script says that the answer is
/// lost. Bounded in messages unanswered and in receipts not stored: when there is no room,
/// [#submit] waits, and after an answer time-out gives the messages back as throttled.
public final class SimulatedCarrier implements Carrier, CarrierConnection {
  /// Its name.
  public static final CarrierId ID = new CarrierId("simulated");

  private static final Logger logger = LoggerFactory.getLogger(SimulatedCarrier.class);

  private static final Set<Channel> CHANNELS = Set.of(Channel.values());

  /// Messages that are taken, and written to the log, at once.
  private static final int GROUP = 128;

  private static final DispatchOutcome NO_ROOM = new DispatchOutcome.Throttled(null);

  private final SimulatedConfig config;
  private final Semaphore slots;
  private final TimedTasks answers = new TimedTasks("simulated-answers");
  private final ReceiptPump receipts;
  private final SimulatedWire wire;
  private volatile @Nullable SimulatedLog log;
  private volatile State state = State.NEW;

  /// @param config without problems
  /// @param sink where receipts go
  /// @param clock its own clock, which its receipts tell
  public SimulatedCarrier(SimulatedConfig config, ReceiptSink sink, InstantSource clock) {
    if (!config.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", config.problems()));
    }
    this.config = config;
    this.slots = new Semaphore(config.limits().concurrency());
    this.receipts = new ReceiptPump(sink, config.limits().pendingReceipts(), Threads.CLOSE_WITHIN);
    this.wire = new SimulatedWire(config, clock, slots, answers, receipts);
  }

  @Override
  public CarrierId id() {
    return ID;
  }

  @Override
  public Set<Channel> channels() {
    return CHANNELS;
  }

  @Override
  public int window() {
    return config.limits().window();
  }

  @Override
  public boolean isJudged() {
    return config.judged();
  }

  @Override
  public Duration answerTimeout() {
    return config.timing().answerTimeout();
  }

  @Override
  public Optional<Inquiry> inquiry() {
    Path file = config.logFile();
    return config.inquiry() && file != null
        ? Optional.of(new LoggedInquiry(file))
        : Optional.empty();
  }

  @Override
  public synchronized void start() {
    if (state != State.NEW) {
      throw new IllegalStateException("the simulated carrier is started once");
    }
    Path file = config.logFile();
    if (file != null) {
      log = open(file, config.logForced());
    }
    answers.start();
    receipts.start();
    state = State.OPEN;
  }

  @Override
  public synchronized void close() {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSED;
    answers.close();
    receipts.close();
    closeLog();
  }

  @Override
  public void submit(List<OutboundMessage> messages, HandOver handOver) {
    if (state == State.NEW) {
      throw new IllegalStateException("the simulated carrier is not started");
    }
    Deadline deadline = Deadline.in(answerTimeout());
    int next = 0;
    while (next < messages.size()) {
      int most = Math.min(GROUP, messages.size() - next);
      int room = state == State.OPEN ? deadline.acquireSome(slots, most) : 0;
      int end = next + (room == 0 ? most : room);
      List<OutboundMessage> group = messages.subList(next, end);
      if (room == 0) {
        group.forEach(message -> handOver.answer(message, NO_ROOM));
      } else {
        wire.take(group, handOver, deadline, log);
      }
      next = end;
    }
  }

  private static SimulatedLog open(Path file, boolean forced) {
    try {
      return SimulatedLog.open(file, forced);
    } catch (IOException e) {
      throw new UncheckedIOException("the hand-over log cannot be opened", e);
    }
  }

  private void closeLog() {
    SimulatedLog open = log;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      logger.warn("the hand-over log could not be closed", e);
    }
  }

  /// Where it stands.
  private enum State {
    NEW,
    OPEN,
    CLOSED
  }
}

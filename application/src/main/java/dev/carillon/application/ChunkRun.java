package dev.carillon.application;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One worker's time with one chunk: settles whatever has been answered and marks the next messages
/// in the same commit, so that the carrier's window stays full, until the chunk closes, has to
/// wait, or is lost to another worker.
final class ChunkRun {
  private final Settling settling;
  private final ChunkKey key;
  private final Lease lease;
  private final Content content;
  private final @Nullable StoredMessage[] messages;
  private final int first;
  private final Carrier carrier;
  private final Waiting waiting;
  private final BooleanSupplier goOn;
  private final InstantSource clock;
  private final DispatchSettings settings;
  private final AnswerBox box;
  private final InFlight inFlight = new InFlight();
  private volatile long leaseEndNanos;
  private volatile Settled settled;
  private boolean allMarked;

  ChunkRun(
      Settling settling,
      LeasedChunk leased,
      Content content,
      MessageRepository repository,
      Carrier carrier,
      Waiting waiting,
      BooleanSupplier goOn,
      InstantSource clock,
      DispatchSettings settings,
      long leasedAtNanos) {
    this.settling = settling;
    this.key = leased.key();
    this.lease = leased.lease();
    this.settled = leased.settled();
    this.content = content;
    this.first = leased.first();
    this.messages = new StoredMessage[leased.size()];
    this.carrier = carrier;
    this.waiting = waiting;
    this.goOn = goOn;
    this.clock = clock;
    this.settings = settings;
    this.box =
        new AnswerBox(carrier.id(), 2 * carrier.window(), clock, this::mayGo, this::settleLate);
    prolong(leasedAtNanos);
    for (StoredMessage message : repository.load(key, first, leased.size())) {
      messages[message.position() - first] = message;
    }
  }

  /// Works until the chunk is done here, or until all of it has been handed over and only a few
  /// answers are missing; whether such a tail is left.
  boolean work() throws InterruptedException {
    boolean tail = false;
    try {
      handOver(settled.marked());
      while (isBusy() && !tail) {
        step();
        tail = allMarked && inFlight.size() > 0 && inFlight.size() <= carrier.window() / 8;
      }
    } finally {
      if (!tail) {
        end();
      }
    }
    return tail;
  }

  /// Waits for the tail that [#work] left.
  void awaitTail() throws InterruptedException {
    try {
      while (isBusy()) {
        step();
      }
    } finally {
      end();
    }
  }

  private boolean isBusy() {
    return inFlight.size() > 0 || hasDueWork();
  }

  private void end() {
    // What is still with the carrier, if this ends by a failure, may be rescued from now on.
    leaseEndNanos = System.nanoTime();
    settleLeftOver(box.close());
    if (!settled.closed() && settled.leaseAlive()) {
      settling.release(key, lease, waiting.lastDue());
    }
  }

  private void step() throws InterruptedException {
    List<Answer> answers =
        inFlight.accept(box.take(longestWait(), settings.linger(), carrier.window() / 2));
    answers.addAll(
        inFlight.timedOut(
            System.nanoTime(), carrier.id(), clock.instant(), carrier.answerTimeout()));
    answers.forEach(waiting::note);
    Instant asked = clock.instant();
    Marks marks = marks();
    long now = System.nanoTime();
    settled = settling.settle(key, lease, answers, marks, settings.leaseTime());
    if (settled.leaseAlive()) {
      prolong(now);
    }
    allMarked = settled.marked().size() < Math.max(1, marks.limit());
    if (settled.marked().size() < marks.limit()) {
      // There was room for more: what was due and is not marked has been settled otherwise.
      waiting.dropDue(asked);
    }
    handOver(settled.marked());
  }

  private Marks marks() {
    return goOn.getAsBoolean()
        ? new Marks(carrier.window() - inFlight.size(), waiting::isReady)
        : Marks.NONE;
  }

  /// Whether something of the chunk may be marked at once although nothing is in flight.
  private boolean hasDueWork() {
    return mayMark() && waiting.firstDue().map(due -> !due.isAfter(clock.instant())).orElse(false);
  }

  private boolean mayMark() {
    return !settled.closed()
        && settled.leaseAlive()
        && settled.jobRuns()
        && goOn.getAsBoolean()
        && inFlight.size() < carrier.window();
  }

  private void handOver(List<Settled.Marked> marked) {
    if (marked.isEmpty()) {
      return;
    }
    List<OutboundMessage> batch = new ArrayList<>(marked.size());
    for (Settled.Marked message : marked) {
      waiting.forget(message.position());
      batch.add(outbound(message));
    }
    try {
      carrier.submit(batch, box);
    } finally {
      // Their time begins when the carrier has them all: it may have waited for room of its own.
      inFlight.add(marked, System.nanoTime() + carrier.answerTimeout().toNanos());
    }
  }

  private OutboundMessage outbound(Settled.Marked marked) {
    StoredMessage message = messages[marked.position() - first];
    if (message == null) {
      throw new IllegalStateException(
          "message " + marked.position() + " of " + key + " is missing");
    }
    return new OutboundMessage(
        new MessageRef(key.job(), key.number(), marked.position()),
        marked.attempt(),
        message.address(),
        message.own().isEmpty() ? content : content.with(message.own()));
  }

  private boolean mayGo() {
    return settled.leaseAlive()
        && settled.jobRuns()
        && leaseEndNanos - System.nanoTime() > 0
        && goOn.getAsBoolean();
  }

  /// The lease as this node may count on it: from before the commit that gave it, less a tenth.
  private void prolong(long beforeCommitNanos) {
    leaseEndNanos = beforeCommitNanos + settings.leaseTime().toNanos() * 9 / 10;
  }

  private Duration longestWait() {
    long nanos =
        Math.min(inFlight.nanosToDeadline(System.nanoTime()), settings.leaseTime().toNanos() / 3);
    long due =
        (mayMark() ? waiting.firstDue() : Optional.<Instant>empty())
            .map(instant -> Math.max(0, Duration.between(clock.instant(), instant).toNanos()))
            .orElse(Long.MAX_VALUE);
    return Duration.ofNanos(inFlight.size() == 0 ? 0 : Math.min(nanos, due));
  }

  private void settleLeftOver(List<Answer> answers) {
    List<Answer> facts = inFlight.accept(answers);
    if (!facts.isEmpty()) {
      settled = settling.settle(key, lease, facts, Marks.NONE, settings.leaseTime());
    }
  }

  /// An answer that came after this run had given up waiting for it: a fact all the same. When it
  /// cannot be stored, its message stays UNKNOWN, which is the truth.
  private void settleLate(Answer answer) {
    List<Answer> facts = inFlight.accept(List.of(answer));
    if (facts.isEmpty()) {
      return;
    }
    try {
      settling.settle(key, lease, facts, Marks.NONE, settings.leaseTime());
    } catch (DomainException stays) {
      // UNKNOWN until a receipt or its job's settling says more.
    }
  }
}

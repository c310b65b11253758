package dev.carillon.benchmarks.web;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.benchmarks.Numbers;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Hands messages to a carrier as a worker does: a group at a time, as soon as there is room for
/// one in its window; and waits for the last answer.
final class CarrierRun {
  private static final int GROUP = 50;
  private static final int WINDOW = 200;
  private static final int CHUNK = 500;

  private CarrierRun() {}

  /// Hands so many over, and tells how many a second were answered. Throws when one was not taken.
  static double run(Carrier carrier, Content content, int messages) {
    Answers answers = new Answers(Thread.currentThread());
    Instant deadline = Instant.now().plusSeconds(3_600);
    long begin = System.nanoTime();
    for (int first = 0; first < messages; first += GROUP) {
      List<OutboundMessage> group = new ArrayList<>(GROUP);
      for (int i = first; i < Math.min(first + GROUP, messages); i++) {
        MessageRef ref = new MessageRef(new JobId(1), i / CHUNK, i);
        group.add(new OutboundMessage(ref, 1, false, Numbers.at(i), content, deadline));
      }
      answers.await(first + group.size() - WINDOW);
      carrier.submit(group, answers);
    }
    answers.await(messages);
    double rate = messages * 1e9 / (System.nanoTime() - begin);
    if (answers.taken.sum() != messages) {
      throw new IllegalStateException("only " + answers.taken + " of " + messages + " were taken");
    }
    return rate;
  }

  private static final class Answers implements Carrier.HandOver {
    private final Thread worker;
    private final LongAdder taken = new LongAdder();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile int awaited;

    Answers(Thread worker) {
      this.worker = worker;
    }

    void await(int count) {
      awaited = count;
      while (answered.get() < count) {
        LockSupport.park(this);
      }
    }

    @Override
    public boolean mayGo() {
      return true;
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      if (outcome instanceof DispatchOutcome.Accepted) {
        taken.increment();
      }
      if (answered.incrementAndGet() == awaited) {
        LockSupport.unpark(worker);
      }
    }
  }
}

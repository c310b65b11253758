package dev.carillon.bootstrap.run;

import dev.carillon.application.dispatch.Dispatch;
import dev.carillon.application.dispatch.LateAnswers;
import dev.carillon.application.dispatch.Tails;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// The workers that hand messages over, each in a loop of its own. Drained, they mark nothing more
/// and settle what carriers still answer; what is not answered in time is UNKNOWN, and everything
/// else is given back to the other nodes.
public final class Workers implements Part {
  /// Every settling tells of a change too, and brings no new work: those who found none do not look
  /// again at once.
  private static final Duration SHORTEST_IDLE = Duration.ofMillis(20);

  private static final Duration LOOK = Duration.ofMillis(10);

  private static final Duration LONGEST_IDLE = Duration.ofMillis(500);

  private final Dispatch dispatch;
  private final Tails tails;
  private final LateAnswers late;
  private final WakeUp wakeUp = new WakeUp();
  private final WakeUp wakeUpUrgent = new WakeUp();
  private final List<Loop> loops;

  /// @param count workers for everything
  /// @param urgent workers besides, for what is urgent
  public Workers(
      Dispatch dispatch, Tails tails, LateAnswers late, ProgressFeed feed, int count, int urgent) {
    this.dispatch = dispatch;
    this.tails = tails;
    this.late = late;
    feed.onChange(job -> {
      if (dispatch.changed(job)) {
        wakeUpUrgent.call();
      }
      wakeUp.call();
    });
    UUID node = UUID.randomUUID();
    this.loops =
        IntStream.rangeClosed(1, count + urgent)
            .mapToObj(number -> loop(number, new WorkerId(node + "-" + number), number > count))
            .toList();
  }

  /// Threads for the tails that workers leave, one each; a failure is logged, and what it left is
  /// found when its lease is over.
  public static Executor tailThreads() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual()
            .name("tail-", 1)
            .uncaughtExceptionHandler(
                (tail, failure) -> FailureLog.tell(tail.getName(), "its lease will lapse", failure))
            .factory());
  }

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public void start() {
    loops.forEach(Loop::start);
  }

  @Override
  public void drain() {
    loops.forEach(Loop::stop);
    wakeUp.call();
    wakeUpUrgent.call();
  }

  @Override
  public void stop(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (Loop loop : loops) {
      loop.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
    if (!tails.awaitEmpty(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
      tails.breakOff();
      tails.awaitEmpty(LONGEST_IDLE);
    }
    while (!late.isEmpty() && end - System.nanoTime() > 0) {
      Thread.sleep(LOOK);
    }
  }

  private Loop loop(int number, WorkerId worker, boolean urgentOnly) {
    String name = urgentOnly ? "urgent-worker-" : "worker-";
    return new Loop(name + number, loop -> work(loop, worker, urgentOnly));
  }

  private void work(Loop loop, WorkerId worker, boolean urgentOnly) throws InterruptedException {
    WakeUp call = urgentOnly ? wakeUpUrgent : wakeUp;
    long seen = call.calls();
    if (!dispatch.handle(worker, urgentOnly, loop::goesOn)) {
      loop.rest(SHORTEST_IDLE);
      if (loop.goesOn() && !(urgentOnly && dispatch.mayHaveUrgent())) {
        call.await(seen, LONGEST_IDLE);
      }
    }
  }
}

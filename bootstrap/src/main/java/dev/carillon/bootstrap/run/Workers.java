package dev.carillon.bootstrap.run;

import dev.carillon.application.Dispatch;
import dev.carillon.application.Tails;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// The workers that hand messages over, each in a loop of its own. Drained, they mark nothing more
/// and settle what carriers still answer; what is not answered in time is left to the next start,
/// which finds it UNKNOWN.
public final class Workers implements Part {
  /// Every settling tells of a change too, and brings no new work: those who found none do not look
  /// again at once.
  private static final Duration SHORTEST_IDLE = Duration.ofMillis(20);

  private static final Duration LONGEST_IDLE = Duration.ofMillis(500);

  private final Dispatch dispatch;
  private final Tails tails;
  private final WakeUp wakeUp = new WakeUp();
  private final List<Loop> loops;

  public Workers(Dispatch dispatch, Tails tails, ProgressFeed feed, int count) {
    this.dispatch = dispatch;
    this.tails = tails;
    feed.onChange(_ -> wakeUp.call());
    UUID node = UUID.randomUUID();
    this.loops =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> loop(number, new WorkerId(node + "-" + number)))
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
  }

  @Override
  public void stop(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (Loop loop : loops) {
      loop.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
    tails.awaitEmpty(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
  }

  private Loop loop(int number, WorkerId worker) {
    return new Loop("worker-" + number, loop -> work(loop, worker));
  }

  private void work(Loop loop, WorkerId worker) throws InterruptedException {
    long seen = wakeUp.calls();
    if (!dispatch.handle(worker, loop::goesOn)) {
      loop.rest(SHORTEST_IDLE);
      idle(loop, seen);
    }
  }

  private void idle(Loop loop, long seen) throws InterruptedException {
    if (loop.goesOn()) {
      wakeUp.await(seen, LONGEST_IDLE);
    }
  }
}

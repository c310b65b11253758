package dev.carillon.bootstrap.run;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one thing again and again on a thread of its own until it is stopped. Nothing that goes
/// wrong ends it: a failure is logged, and the next try waits, longer after each failure in a row,
/// up to five seconds.
public final class Loop {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Work work;
  private final WakeUp wakeUp = new WakeUp();
  private final Thread thread;
  private volatile boolean stopped;
  private long calls;
  private int failures;

  /// @param name of its thread
  /// @param work one turn; brings its own waiting
  public Loop(String name, Work work) {
    this.name = name;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /// A loop that does something, waits, and does it again.
  public static Loop every(Duration pause, String name, Runnable work) {
    return new Loop(
        name,
        loop -> {
          work.run();
          loop.rest(pause);
        });
  }

  /// The same, waiting less after it has found something to do.
  public static Loop busy(Duration pause, Duration less, String name, IntSupplier work) {
    return new Loop(name, loop -> loop.rest(work.getAsInt() > 0 ? less : pause));
  }

  /// Starts its thread.
  public void start() {
    thread.start();
  }

  /// Has it end after this turn; a rest ends at once.
  public void stop() {
    stopped = true;
    wakeUp.call();
  }

  /// Has its rest, or the next one if it is in the middle of its turn, end at once.
  public void wake() {
    wakeUp.call();
  }

  /// Whether it has not been stopped.
  public boolean goesOn() {
    return !stopped;
  }

  /// Waits for its end after [#stop]; breaks its turn off when the time is over.
  public void awaitEnd(Duration time) throws InterruptedException {
    if (!thread.join(time)) {
      thread.interrupt();
      if (!thread.join(LONGEST_PAUSE)) {
        log.warn("{} does not end", name);
      }
    }
  }

  /// Ends it in the middle of its turn: for loops that lose nothing by it.
  void breakOff() {
    stop();
    thread.interrupt();
  }

  /// Waits, unless it is stopped, or woken since its turn began.
  void rest(Duration pause) throws InterruptedException {
    if (goesOn()) {
      wakeUp.await(calls, pause);
    }
  }

  private void run() {
    try {
      while (goesOn()) {
        turn();
      }
    } catch (InterruptedException brokenOff) {
      log.debug("{} was broken off", name);
    }
  }

  private void turn() throws InterruptedException {
    calls = wakeUp.calls();
    try {
      work.turn(this);
      if (failures > 0) {
        log.info("{} goes on after {} failures", name, failures);
      }
      failures = 0;
    } catch (RuntimeException | Error e) {
      failures++;
      if (goesOn()) {
        FailureLog.tell(name, "it is tried again", e);
      }
      restAfterFailure();
    }
  }

  /// Nothing but its stop makes it shorter.
  private void restAfterFailure() throws InterruptedException {
    long end = System.nanoTime() + pause().toNanos();
    long seen = wakeUp.calls();
    while (goesOn() && end - System.nanoTime() > 0) {
      wakeUp.await(seen, Duration.ofNanos(end - System.nanoTime()));
      seen = wakeUp.calls();
    }
  }

  private Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /// One turn of a loop.
  public interface Work {
    /// Does it once.
    ///
    /// @param loop which asks, so that a long turn can see that it should end
    void turn(Loop loop) throws InterruptedException;
  }
}

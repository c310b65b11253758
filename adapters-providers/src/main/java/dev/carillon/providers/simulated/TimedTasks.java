package dev.carillon.providers.simulated;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs short tasks at their time, on one thread. Closing runs all that still wait, at once.
final class TimedTasks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TimedTasks.class);
  private static final int MOST_AT_ONCE = 256;

  private final DueQueue<Runnable> due = new DueQueue<>();
  private final Thread thread;

  TimedTasks(String name) {
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Runs the task after the delay; here and now when there is none, or when this is closed.
  void run(Runnable task, Duration delay) {
    if (delay.isZero() || !due.add(task, delay)) {
      runSafely(task);
    }
  }

  @Override
  public void close() {
    due.hurry();
    if (Threads.awaitEnd(thread, Threads.CLOSE_WITHIN)) {
      return;
    }
    log.warn("{} did not end in time", thread.getName());
    thread.interrupt();
  }

  private void run() {
    try {
      for (var tasks = due.take(MOST_AT_ONCE); !tasks.isEmpty(); tasks = due.take(MOST_AT_ONCE)) {
        tasks.forEach(TimedTasks::runSafely);
      }
    } catch (InterruptedException e) {
      due.end().forEach(TimedTasks::runSafely);
    }
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      log.error("a timed task failed", bug);
    }
  }
}

package dev.carillon.providers.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cuts off what takes too long. The time-outs of sockets do not: they begin anew with every byte.
final class Watchdog implements AutoCloseable {
  private final long answerNanos;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<Exchange> going = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Watchdog(HttpLimits limits) {
    answerNanos = limits.answer().toNanos();
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("http-watchdog").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Watches an exchange until what is returned is closed. Cuts it off at once when it is closed
  /// itself.
  Watch watch(Exchange exchange) {
    going.add(exchange);
    Watch watch = new Watch(exchange);
    if (closed) {
      exchange.cut();
    } else {
      watch.arm();
    }
    return watch;
  }

  @Override
  public void close() {
    closed = true;
    going.forEach(Exchange::cut);
    timer.shutdownNow();
  }

  /// Looks after one exchange.
  final class Watch implements AutoCloseable, Runnable {
    private final Exchange exchange;
    private volatile @Nullable Future<?> next;
    private volatile boolean over;

    Watch(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void run() {
      if (over) {
        return;
      }
      if (exchange.left() <= 0) {
        exchange.cut();
      } else {
        arm();
      }
    }

    @Override
    public void close() {
      over = true;
      Future<?> scheduled = next;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
      going.remove(exchange);
    }

    /// A deadline that is set after this moment is at least an answer's time from it.
    private void arm() {
      try {
        next = timer.schedule(this, Math.min(exchange.left(), answerNanos), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closedMeanwhile) {
        exchange.cut();
      }
    }
  }
}

package dev.carillon.bootstrap.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running house: starts its parts in order, and stops them in reverse after all of them were
/// told to take on nothing more.
public final class Service {
  private static final Logger log = LoggerFactory.getLogger(Service.class);
  private static final Duration LEAST = Duration.ofMillis(250);

  private final List<Part> parts;
  private final Duration grace;
  private final Deque<Part> started = new ArrayDeque<>();

  /// @param grace how long stopping may take before what is unfinished is broken off
  public Service(List<Part> parts, Duration grace) {
    this.parts = List.copyOf(parts);
    this.grace = grace;
  }

  /// Starts all parts. When one cannot be started, those before it are stopped again.
  public synchronized void start() {
    for (Part part : parts) {
      try {
        part.start();
        started.push(part);
      } catch (ServiceStartException told) {
        stop();
        throw told;
      } catch (Exception e) {
        stop();
        throw new ServiceStartException(part.name(), e);
      }
    }
  }

  /// Stops what was started; does nothing the second time. Never throws.
  public synchronized void stop() {
    long end = System.nanoTime() + grace.toNanos();
    for (Part part : started) {
      attempt(part, part::drain);
    }
    while (!started.isEmpty()) {
      Part part = started.pop();
      attempt(part, () -> part.stop(left(end)));
    }
  }

  private static Duration left(long endNanos) {
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    return left.compareTo(LEAST) > 0 ? left : LEAST;
  }

  private static void attempt(Part part, Step step) {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("{} did not stop cleanly", part.name(), e);
    }
  }

  private interface Step {
    void run() throws Exception;
  }
}

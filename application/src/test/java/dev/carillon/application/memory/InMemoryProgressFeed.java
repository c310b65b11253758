package dev.carillon.application.memory;

import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.job.JobId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A feed within one process that can be made to lose what it is told.
public final class InMemoryProgressFeed implements ProgressFeed {
  private final List<Consumer<JobId>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger notices = new AtomicInteger();
  private volatile boolean lossy;

  @Override
  public synchronized void changed(JobId job) {
    notices.incrementAndGet();
    if (!lossy) {
      listeners.forEach(listener -> listener.accept(job));
    }
  }

  @Override
  public void onChange(Consumer<JobId> listener) {
    listeners.add(listener);
  }

  /// Loses everything from now on, or nothing.
  public void lose(boolean everything) {
    lossy = everything;
  }

  /// How often it was told something.
  public int notices() {
    return notices.get();
  }
}

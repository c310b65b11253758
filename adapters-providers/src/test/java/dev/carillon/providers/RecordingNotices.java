package dev.carillon.providers;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stores notices in memory, and fails when it is told to.
public final class RecordingNotices implements NoticeSink {
  private final Witness<Notice> notices = new Witness<>();
  private final Witness<Integer> calls = new Witness<>();
  private final AtomicReference<@Nullable Error> failure = new AtomicReference<>();
  private volatile boolean down;

  @Override
  public void record(List<Notice> batch) {
    // Before the call is counted: whoever waits for that number may have the store come back.
    boolean away = down;
    calls.see(batch.size());
    Error thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw thrown;
    }
    if (away) {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    }
    batch.forEach(notices::see);
  }

  /// From now on nothing can be stored, or everything again.
  public void goDown(boolean now) {
    down = now;
  }

  /// The next call throws this.
  public void failOnce(Error thrown) {
    failure.set(thrown);
  }

  /// What is stored by now.
  public List<Notice> notices() {
    return notices.seen();
  }

  /// Waits until so many notices are stored.
  public List<Notice> awaitNotices(int count) {
    return notices.await(all -> all.size() >= count);
  }

  /// Waits until it has been called so often, whether or not it stored anything.
  public void awaitCalls(int count) {
    calls.await(all -> all.size() >= count);
  }
}

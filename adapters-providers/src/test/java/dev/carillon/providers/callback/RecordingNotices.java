package dev.carillon.providers.callback;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.providers.Witness;
import java.util.List;
import java.util.function.Consumer;

/// Keeps notices in memory, and fails or waits when it is told to.
final class RecordingNotices implements NoticeSink {
  private final Witness<Notice> notices = new Witness<>();
  private final Witness<Integer> calls = new Witness<>();
  private volatile Consumer<List<Notice>> first = _ -> {};

  @Override
  public void record(List<Notice> batch) {
    calls.see(batch.size());
    first.accept(batch);
    batch.forEach(notices::see);
  }

  /// From now on every call does this first; what it throws, the call throws.
  void first(Consumer<List<Notice>> doing) {
    first = doing;
  }

  /// What is stored by now.
  List<Notice> notices() {
    return notices.seen();
  }

  /// How many came with each call, whether or not they were stored.
  List<Integer> calls() {
    return calls.seen();
  }

  void awaitCalls(int count) {
    calls.await(all -> all.size() >= count);
  }
}

package dev.carillon.grpc;

import dev.carillon.application.watch.WatchEvent;
import dev.carillon.application.watch.Watched;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import java.util.Optional;

/// A watched job that a test moves on; it keeps the latest snapshot only.
final class ScriptedWatch implements Watched {
  private long latest;
  private long told;
  private boolean ended;
  private boolean failing;
  private boolean closed;
  private int asked;

  void publish(long version) {
    latest = version;
  }

  void end(long version) {
    latest = version;
    ended = true;
  }

  void fail() {
    failing = true;
  }

  /// How often somebody asked for the next event.
  int asked() {
    return asked;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Optional<WatchEvent> poll() {
    asked++;
    if (failing) {
      throw new IllegalStateException("scripted");
    }
    if (latest == told) {
      return Optional.empty();
    }
    told = latest;
    return Optional.of(
        ended ? new WatchEvent.End(job(latest)) : new WatchEvent.Progress(job(latest)));
  }

  @Override
  public boolean hasNews() {
    return latest > told;
  }

  @Override
  public boolean isPressing() {
    return ended && hasNews();
  }

  @Override
  public boolean isMany() {
    return false;
  }

  @Override
  public boolean isOver() {
    return ended && !hasNews();
  }

  @Override
  public WatchEvent beat() {
    return new WatchEvent.Heartbeat(told);
  }

  @Override
  public void close() {
    closed = true;
  }

  private static BulkJob job(long version) {
    return Jobs.aJob(JobStatus.PROCESSING, Jobs.NOTHING, version);
  }
}

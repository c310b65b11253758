package dev.carillon.application;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkJob;
import java.time.Duration;
import java.util.OptionalLong;

/// Watches one job to its end: a snapshot first, then changes, an explicit end last.
public final class WatchBulkJob {
  private final GetBulkJob getBulkJob;
  private final WatchHub hub;

  public WatchBulkJob(GetBulkJob getBulkJob, WatchHub hub) {
    this.getBulkJob = getBulkJob;
    this.hub = hub;
  }

  /// A watch to be read by one thread and closed by it. Throws a DomainException: NotFound,
  /// QuotaExceeded (too many watchers).
  public Watch handle(Query query) {
    BulkJob job = getBulkJob.find(new GetBulkJob.Query(query.caller(), query.bulkId()));
    return new Watch(job, query.resumeVersion(), hub.join(job));
  }

  /// What to watch.
  ///
  /// @param resumeVersion version of the last event that was read: what is not newer is not told
  ///   again
  public record Query(Caller caller, String bulkId, OptionalLong resumeVersion) {}

  /// One reader's view of a watched job. Keeps nothing but the snapshot it has read last.
  public final class Watch implements AutoCloseable {
    private final WatchTopic topic;
    private BulkJob last;
    private boolean begun;
    private boolean closed;

    private Watch(BulkJob first, OptionalLong resumeVersion, WatchTopic topic) {
      this.last = first;
      this.topic = topic;
      this.begun = resumeVersion.orElse(-1) >= first.version();
    }

    /// The next event: at once when there is news, else when there is, else a heartbeat after the
    /// given time. After [WatchEvent.End] there is only the same end again.
    public WatchEvent next(Duration heartbeat) throws InterruptedException {
      if (!begun) {
        begun = true;
        return new WatchEvent.Snapshot(last);
      }
      if (last.done()) {
        return new WatchEvent.End(last);
      }
      BulkJob latest = topic.awaitNewer(last.version(), heartbeat);
      if (latest.version() <= last.version()) {
        return new WatchEvent.Heartbeat(last.version());
      }
      last = latest;
      return last.done() ? new WatchEvent.End(last) : new WatchEvent.Progress(last);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        hub.leave(last.id());
      }
    }
  }
}

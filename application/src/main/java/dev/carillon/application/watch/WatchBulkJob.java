package dev.carillon.application.watch;

import dev.carillon.application.GetBulkJob;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkJob;
import java.util.Optional;
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
    return new Watch(job, query, hub.join(job));
  }

  /// What to watch.
  ///
  /// @param resumeVersion version of the last event that was read: what is not newer is not told
  ///   again
  /// @param untilSettled whether the end that is meant is the second one: no receipt can move a
  ///   figure any more
  public record Query(
      Caller caller, String bulkId, OptionalLong resumeVersion, boolean untilSettled) {
    /// To the end of hand-over.
    public Query(Caller caller, String bulkId, OptionalLong resumeVersion) {
      this(caller, bulkId, resumeVersion, false);
    }
  }

  /// One reader's view of a watched job. Keeps nothing but the snapshot it has read last, and never
  /// waits: [WatchHub#onNews] tells when to look again.
  public final class Watch implements Watched {
    private final WatchTopic topic;
    private final boolean untilSettled;
    private BulkJob last;
    private boolean begun;
    private boolean over;
    private boolean closed;

    private Watch(BulkJob first, Query query, WatchTopic topic) {
      this.last = first;
      this.topic = topic;
      this.untilSettled = query.untilSettled();
      this.begun = query.resumeVersion().orElse(-1) >= first.version();
    }

    /// The next event; empty when there is nothing new, and after [WatchEvent.End].
    @Override
    public Optional<WatchEvent> poll() {
      if (!begun) {
        begun = true;
        return Optional.of(new WatchEvent.Snapshot(last));
      }
      if (over) {
        return Optional.empty();
      }
      BulkJob latest = topic.latest();
      boolean newer = latest.version() > last.version();
      if (newer) {
        last = latest;
      }
      if (isEnd(last)) {
        over = true;
        return Optional.of(new WatchEvent.End(last));
      }
      return newer ? Optional.of(new WatchEvent.Progress(last)) : Optional.empty();
    }

    /// Whether there is something that was not told yet.
    @Override
    public boolean hasNews() {
      return !begun || (!over && (isEnd(last) || topic.latest().version() > last.version()));
    }

    /// Whether the job has ended and that was not told yet.
    @Override
    public boolean isPressing() {
      return !over && isEnd(topic.latest());
    }

    /// Whether the end has been told.
    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public WatchEvent.Heartbeat beat() {
      return new WatchEvent.Heartbeat(last.version());
    }

    private boolean isEnd(BulkJob job) {
      return job.done() && (!untilSettled || job.life().settledAt() != null);
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

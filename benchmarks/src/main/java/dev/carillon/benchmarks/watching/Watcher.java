package dev.carillon.benchmarks.watching;

import dev.carillon.benchmarks.house.Times;
import dev.carillon.benchmarks.watching.ChangeLog.Change;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/// One reader of one job's stream, which goes on by its token when the stream breaks. It notes how
/// many messages each event shows as done with, and when it read it.
final class Watcher implements StreamObserver<WatchBulkJobResponse> {
  private static final double MICROS_PER_MILLI = 1e3;

  private final String bulkId;
  private final Watchers all;
  private long[] read = new long[64];
  private int events;
  private String token = "";
  private Instant latest = Instant.MIN;
  private boolean waiting = true;
  private boolean ended;
  private int repeated;

  Watcher(String bulkId, Watchers all) {
    this.bulkId = bulkId;
    this.all = all;
  }

  String bulkId() {
    return bulkId;
  }

  /// What it asks for: all that is newer than what it has read.
  WatchBulkJobRequest request(Duration heartbeat) {
    WatchBulkJobRequest.Builder request =
        WatchBulkJobRequest.newBuilder().setBulkId(bulkId).setResumeToken(token);
    request.getHeartbeatIntervalBuilder().setSeconds(heartbeat.toSeconds());
    return request.build();
  }

  @Override
  public void onNext(WatchBulkJobResponse event) {
    switch (event.getEventCase()) {
      case SNAPSHOT -> note(event.getSnapshot().getBulkJob(), event.getResumeToken());
      case PROGRESS -> note(event.getProgress().getBulkJob(), event.getResumeToken());
      case END -> {
        ended = true;
        note(event.getEnd().getBulkJob(), event.getResumeToken());
      }
      case HEARTBEAT, EVENT_NOT_SET -> {}
    }
    if (waiting) {
      waiting = false;
      all.begun();
    }
  }

  @Override
  public void onError(Throwable failure) {
    waiting = true;
    all.broken(this, failure);
  }

  @Override
  public void onCompleted() {
    all.completed();
  }

  boolean hasEnded() {
    return ended;
  }

  /// Events that told nothing newer than what it had read.
  int repeated() {
    return repeated;
  }

  int events() {
    return events;
  }

  /// Tells the age that each change had when an event that includes it was read first, in
  /// milliseconds; the change that was there when the stream began does not count.
  void ages(List<Change> changes, DoubleConsumer each) {
    int next = 0;
    for (int event = 0; event < events; event++) {
      int shown = (int) read[2 * event];
      long micros = read[2 * event + 1];
      while (next < changes.size() && changes.get(next).done() <= shown) {
        each.accept((micros - changes.get(next).micros()) / MICROS_PER_MILLI);
        next++;
      }
    }
  }

  private void note(BulkJob job, String newToken) {
    int processed = Math.toIntExact(job.getCounters().getProcessed());
    Instant updated = Times.instant(job.getUpdateTime());
    // The end may tell the same as the snapshot before it.
    if (updated.isBefore(latest) || (newToken.equals(token) && !ended)) {
      repeated++;
    }
    latest = updated;
    token = newToken;
    if (2 * events == read.length) {
      read = Arrays.copyOf(read, 2 * read.length);
    }
    read[2 * events] = processed;
    read[2 * events + 1] = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    events++;
  }
}

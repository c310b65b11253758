package dev.carillon.grpc;

import dev.carillon.application.WatchEvent;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.v1.BulkJobEnd;
import dev.carillon.v1.BulkJobHeartbeat;
import dev.carillon.v1.BulkJobProgress;
import dev.carillon.v1.BulkJobSnapshot;
import dev.carillon.v1.WatchBulkJobResponse;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Maps the events of watched jobs to those of the API. However many watch a job, each of its
/// snapshots is mapped about once.
final class WatchResponses {
  private static final int REMEMBERED = 64;

  private final BulkJobResponses jobs;
  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Mapped> mapped =
      new AtomicReferenceArray<>(REMEMBERED);

  WatchResponses(BulkJobResponses jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  WatchBulkJobResponse event(String bulkId, WatchEvent event) {
    WatchBulkJobResponse.Builder response =
        WatchBulkJobResponse.newBuilder()
            .setResumeToken(ResumeTokens.of(bulkId, event.version()))
            .setEventTime(ProtoValues.timestamp(clock.instant()));
    switch (event) {
      case WatchEvent.Snapshot snapshot ->
          response.setSnapshot(BulkJobSnapshot.newBuilder().setBulkJob(job(snapshot.job())));
      case WatchEvent.Progress progress ->
          response.setProgress(BulkJobProgress.newBuilder().setBulkJob(job(progress.job())));
      case WatchEvent.Heartbeat _ -> response.setHeartbeat(BulkJobHeartbeat.getDefaultInstance());
      case WatchEvent.End end ->
          response.setEnd(BulkJobEnd.newBuilder().setBulkJob(job(end.job())));
    }
    return response.build();
  }

  private dev.carillon.v1.BulkJob job(BulkJob job) {
    int slot = Math.floorMod(job.id().hashCode(), REMEMBERED);
    Mapped known = mapped.get(slot);
    // The same snapshot is the same object for all who watch a job on this node.
    if (known != null && known.isOf(job)) {
      return known.response();
    }
    dev.carillon.v1.BulkJob response = jobs.job(job);
    mapped.set(slot, new Mapped(job, response));
    return response;
  }

  private record Mapped(BulkJob job, dev.carillon.v1.BulkJob response) {
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(BulkJob other) {
      return job == other;
    }
  }
}

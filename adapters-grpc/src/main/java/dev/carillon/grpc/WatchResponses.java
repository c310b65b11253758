package dev.carillon.grpc;

import dev.carillon.application.watch.WatchBulkJobs.Position;
import dev.carillon.application.watch.WatchEvent;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.v1.BulkJobEnd;
import dev.carillon.v1.BulkJobHeartbeat;
import dev.carillon.v1.BulkJobProgress;
import dev.carillon.v1.BulkJobSnapshot;
import dev.carillon.v1.WatchBulkJobResponse;
import dev.carillon.v1.WatchBulkJobsResponse;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Maps the events of watched jobs to those of the API. However many watch a job, each of its
/// changes is mapped about once, and all are given the same object.
final class WatchResponses {
  private static final int REMEMBERED = 256;

  private final BulkJobResponses jobs;
  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Mapped> mapped =
      new AtomicReferenceArray<>(REMEMBERED);

  WatchResponses(BulkJobResponses jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  WatchBulkJobResponse event(String bulkId, WatchEvent event) {
    return switch (event) {
      case WatchEvent.Snapshot snapshot -> shared(bulkId, event, snapshot.job());
      case WatchEvent.Progress progress -> shared(bulkId, event, progress.job());
      case WatchEvent.End end -> shared(bulkId, event, end.job());
      case WatchEvent.Heartbeat _ ->
          begin(bulkId, event).setHeartbeat(BulkJobHeartbeat.getDefaultInstance()).build();
    };
  }

  /// An event of the stream of all jobs of a tenant.
  ///
  /// @param position where its reader then is
  WatchBulkJobsResponse event(Scope scope, WatchEvent event, Position position) {
    WatchBulkJobsResponse.Builder response =
        WatchBulkJobsResponse.newBuilder()
            .setResumeToken(JobsPositions.of(scope, position))
            .setEventTime(ProtoValues.timestamp(clock.instant()));
    switch (event) {
      case WatchEvent.Snapshot snapshot ->
          response.setSnapshot(BulkJobSnapshot.newBuilder().setBulkJob(jobs.job(snapshot.job())));
      case WatchEvent.Progress progress ->
          response.setProgress(BulkJobProgress.newBuilder().setBulkJob(jobs.job(progress.job())));
      case WatchEvent.Heartbeat _ -> response.setHeartbeat(BulkJobHeartbeat.getDefaultInstance());
      case WatchEvent.End end ->
          response.setEnd(BulkJobEnd.newBuilder().setBulkJob(jobs.job(end.job())));
    }
    return response.build();
  }

  private WatchBulkJobResponse shared(String bulkId, WatchEvent event, BulkJob job) {
    int slot = Math.floorMod(31 * job.id().hashCode() + event.getClass().hashCode(), REMEMBERED);
    Mapped known = mapped.get(slot);
    // The same snapshot is the same object for all who watch a job on this node.
    if (known != null && known.isOf(event, job)) {
      return known.response();
    }
    WatchBulkJobResponse response = map(bulkId, event, jobs.job(job));
    mapped.set(slot, new Mapped(event.getClass(), job, response));
    return response;
  }

  private WatchBulkJobResponse map(String bulkId, WatchEvent event, dev.carillon.v1.BulkJob job) {
    WatchBulkJobResponse.Builder response = begin(bulkId, event);
    switch (event) {
      case WatchEvent.Snapshot _ ->
          response.setSnapshot(BulkJobSnapshot.newBuilder().setBulkJob(job));
      case WatchEvent.Progress _ ->
          response.setProgress(BulkJobProgress.newBuilder().setBulkJob(job));
      case WatchEvent.End _ -> response.setEnd(BulkJobEnd.newBuilder().setBulkJob(job));
      case WatchEvent.Heartbeat _ -> {}
    }
    return response.build();
  }

  private WatchBulkJobResponse.Builder begin(String bulkId, WatchEvent event) {
    return WatchBulkJobResponse.newBuilder()
        .setResumeToken(ResumeTokens.of(bulkId, event.version()))
        .setEventTime(ProtoValues.timestamp(clock.instant()));
  }

  private record Mapped(
      Class<? extends WatchEvent> kind, BulkJob job, WatchBulkJobResponse response) {
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(WatchEvent event, BulkJob other) {
      return job == other && kind == event.getClass();
    }
  }
}

package dev.carillon.bootstrap.service;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One reader of a job's stream, who goes on by the token of the last event when the stream breaks.
final class Follower implements StreamObserver<WatchBulkJobResponse> {
  private final WatchBulkJobRequest.Builder request;
  private final List<WatchBulkJobResponse> news = new CopyOnWriteArrayList<>();
  private volatile boolean told;
  private volatile @Nullable Throwable broken;
  private volatile boolean completed;

  Follower(String bulkId, boolean untilSettled) {
    request = WatchBulkJobRequest.newBuilder().setBulkId(bulkId).setUntilSettled(untilSettled);
    request.getHeartbeatIntervalBuilder().setSeconds(1);
  }

  /// Reads on, at this node.
  void goOn(Client client) {
    told = false;
    broken = null;
    if (!news.isEmpty()) {
      request.setResumeToken(news.getLast().getResumeToken());
    }
    BulkJobServiceGrpc.newStub(client.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()))
        .watchBulkJob(request.build(), this);
  }

  /// Whether this node has told something, if only that it is alive.
  boolean isTold() {
    return told;
  }

  boolean isBroken() {
    return broken != null;
  }

  boolean isCompleted() {
    return completed;
  }

  boolean wantsSettled() {
    return request.getUntilSettled();
  }

  /// All that it read, heartbeats left out.
  List<WatchBulkJobResponse> news() {
    return news;
  }

  /// The job as it was told last.
  BulkJob last() {
    return Client.job(news.getLast());
  }

  @Override
  public void onNext(WatchBulkJobResponse event) {
    if (!event.hasHeartbeat()) {
      news.add(event);
    }
    told = true;
  }

  @Override
  public void onError(Throwable failure) {
    broken = failure;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}

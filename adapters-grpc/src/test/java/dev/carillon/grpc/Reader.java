package dev.carillon.grpc;

import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Reads a stream of progress as fast as a test lets it.
final class Reader implements ClientResponseObserver<WatchBulkJobRequest, WatchBulkJobResponse> {
  final List<WatchBulkJobResponse> events = new CopyOnWriteArrayList<>();
  private final boolean eager;
  private volatile @Nullable ClientCallStreamObserver<WatchBulkJobRequest> call;
  private volatile @Nullable StatusRuntimeException refusal;
  private volatile boolean completed;

  private Reader(boolean eager) {
    this.eager = eager;
  }

  /// Reads everything at once.
  static Reader eager(BulkJobServiceGrpc.BulkJobServiceStub stub, WatchBulkJobRequest request) {
    Reader reader = new Reader(true);
    stub.watchBulkJob(request, reader);
    return reader;
  }

  /// Reads nothing before it is told to.
  static Reader lazy(BulkJobServiceGrpc.BulkJobServiceStub stub, WatchBulkJobRequest request) {
    Reader reader = new Reader(false);
    stub.watchBulkJob(request, reader);
    return reader;
  }

  void read(int events) {
    Objects.requireNonNull(call).request(events);
  }

  void cancel() {
    Objects.requireNonNull(call).cancel("enough", null);
  }

  boolean isCompleted() {
    return completed;
  }

  boolean isRefused() {
    return refusal != null;
  }

  StatusRuntimeException refusal() {
    return Objects.requireNonNull(refusal);
  }

  boolean hasEnded() {
    return !events.isEmpty() && events.getLast().hasEnd();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchBulkJobRequest> stream) {
    call = stream;
    if (!eager) {
      stream.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(WatchBulkJobResponse event) {
    events.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    refusal = (StatusRuntimeException) failure;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}

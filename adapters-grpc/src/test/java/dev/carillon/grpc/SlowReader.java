package dev.carillon.grpc;

import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The server's end of a call whose reader is as slow as a test wants.
final class SlowReader extends ServerCallStreamObserver<WatchBulkJobResponse> {
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private volatile boolean ready = true;
  private volatile boolean completed;
  private volatile @Nullable Throwable failure;
  private volatile Runnable onReady = () -> {};

  void setReady(boolean now) {
    ready = now;
    if (now) {
      onReady.run();
    }
  }

  void becomeReadySilently() {
    ready = true;
  }

  /// The tokens of what was sent.
  List<String> sent() {
    return List.copyOf(sent);
  }

  boolean isCompleted() {
    return completed;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  StatusRuntimeException refusal() {
    return (StatusRuntimeException) Objects.requireNonNull(failure);
  }

  @Override
  public void onNext(WatchBulkJobResponse event) {
    sent.add(event.getResumeToken());
  }

  @Override
  public void onError(Throwable status) {
    failure = status;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}

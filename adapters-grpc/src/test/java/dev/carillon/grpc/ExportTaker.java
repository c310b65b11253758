package dev.carillon.grpc;

import dev.carillon.v1.ExportMessagesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The server's end of a call whose reader takes what a test lets it.
final class ExportTaker extends ServerCallStreamObserver<ExportMessagesResponse> {
  final List<Integer> batches = new CopyOnWriteArrayList<>();
  volatile boolean ready = true;
  volatile boolean completed;
  volatile @Nullable Throwable failure;
  private volatile Runnable onReady = () -> {};
  private volatile Runnable onCancel = () -> {};

  void becomeReady() {
    ready = true;
    onReady.run();
  }

  void goAway() {
    onCancel.run();
  }

  @Override
  public void onNext(ExportMessagesResponse batch) {
    batches.add(batch.getMessagesCount());
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
  public void setOnReadyThreshold(int bytes) {}

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setCompression(String compression) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}

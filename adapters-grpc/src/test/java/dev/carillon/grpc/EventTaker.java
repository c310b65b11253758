package dev.carillon.grpc;

import dev.carillon.v1.StreamEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The server's end of a call whose reader takes what a test lets it.
final class EventTaker extends ServerCallStreamObserver<StreamEventsResponse> {
  final List<StreamEventsResponse> taken = new CopyOnWriteArrayList<>();
  volatile int stopAfter = Integer.MAX_VALUE;
  volatile boolean ready = true;
  volatile boolean completed;
  volatile boolean broken;
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
  public void onNext(StreamEventsResponse event) {
    taken.add(event);
    ready = ready && taken.size() < stopAfter;
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
  public void setOnReadyThreshold(int bytes) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
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

package dev.carillon.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The server's end of a call whose caller takes answers when a test wants it to.
final class ScriptedAnswers extends ServerCallStreamObserver<String> {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger requested = new AtomicInteger();
  private volatile boolean automatic = true;
  private volatile boolean ready = true;
  private volatile boolean completed;
  private volatile @Nullable Throwable failure;
  private volatile Runnable onReady = () -> {};
  private volatile Runnable onClose = () -> {};

  /// How many chunks were asked for so far.
  int requested() {
    return requested.get();
  }

  /// Whether chunks are asked for although nobody does.
  boolean isAutomatic() {
    return automatic;
  }

  void setReady(boolean now) {
    ready = now;
    if (now) {
      onReady.run();
    }
  }

  /// Tells the handlers that the call is closed, by whomever.
  void tellClosed() {
    onClose.run();
  }

  List<String> told() {
    return List.copyOf(told);
  }

  boolean isCompleted() {
    return completed;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void onNext(String answer) {
    told.add(answer);
  }

  @Override
  public void onError(Throwable status) {
    if (completed || failure != null) {
      throw new IllegalStateException("the call is closed");
    }
    failure = status;
  }

  @Override
  public void onCompleted() {
    if (completed || failure != null) {
      throw new IllegalStateException("the call is closed");
    }
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
  public void setOnCloseHandler(Runnable handler) {
    onClose = handler;
  }

  @Override
  public void disableAutoRequest() {
    automatic = false;
  }

  @Override
  public void disableAutoInboundFlowControl() {
    automatic = false;
  }

  @Override
  public void request(int count) {
    requested.addAndGet(count);
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
  public void setMessageCompression(boolean enable) {}
}

package dev.carillon.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The server's end of a call whose reader takes what a test lets it, and goes when the test wants
/// it to.
final class ScriptedReader<S> extends ServerCallStreamObserver<S> {
  private final List<S> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger requested = new AtomicInteger();
  private volatile int stopAfter = Integer.MAX_VALUE;
  private volatile boolean automatic = true;
  private volatile boolean ready = true;
  private volatile boolean broken;
  private volatile boolean completed;
  private volatile @Nullable Throwable failure;
  private volatile Runnable onReady = () -> {};
  private volatile Runnable onCancel = () -> {};
  private volatile Runnable onClose = () -> {};

  /// One that takes nothing before it is made ready.
  static <S> ScriptedReader<S> slow() {
    ScriptedReader<S> reader = new ScriptedReader<>();
    reader.setReady(false);
    return reader;
  }

  /// One that cannot be served.
  static <S> ScriptedReader<S> broken() {
    ScriptedReader<S> reader = new ScriptedReader<>();
    reader.broken = true;
    return reader;
  }

  void setReady(boolean now) {
    ready = now;
    if (now) {
      onReady.run();
    }
  }

  /// It is ready for so much in all.
  void stopAfter(int most) {
    stopAfter = most;
  }

  void goAway() {
    onCancel.run();
  }

  /// Tells the handlers that the call is closed, by whomever.
  void tellClosed() {
    onClose.run();
  }

  List<S> taken() {
    return List.copyOf(taken);
  }

  /// How much of the caller's was asked for so far.
  int requested() {
    return requested.get();
  }

  /// Whether the caller's is asked for although nobody does.
  boolean isAutomatic() {
    return automatic;
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
  public void onNext(S answer) {
    taken.add(answer);
    ready = ready && taken.size() < stopAfter;
  }

  @Override
  public void onError(Throwable status) {
    refuseIfClosed();
    failure = status;
  }

  @Override
  public void onCompleted() {
    refuseIfClosed();
    completed = true;
  }

  private void refuseIfClosed() {
    if (completed || failure != null) {
      throw new IllegalStateException("the call is closed");
    }
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
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
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
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}

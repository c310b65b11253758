package dev.carillon.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import java.time.Duration;

/// Asks again, while a stream lasts, whether it may go on: a credential may be revoked, or a
/// business stopped, meanwhile. Asks when a message is to go the way that is guarded. What is
/// refused ends the stream as it would have kept it from beginning.
final class StreamGuard {
  private final Runnable check;
  private final long pause;
  private volatile long checked = System.nanoTime();

  /// @param check throws a DomainException when the stream may not go on
  /// @param pause least time between two checks; zero to ask with every message
  StreamGuard(Runnable check, Duration pause) {
    this.check = check;
    this.pause = pause.toNanos();
  }

  /// The call, sending nothing that may not go on.
  <Q, S> ServerCall<Q, S> guard(ServerCall<Q, S> call) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void sendMessage(S message) {
        check();
        super.sendMessage(message);
      }
    };
  }

  /// The listener, hearing nothing that may not go on.
  <Q> ServerCall.Listener<Q> guard(ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        check();
        super.onMessage(message);
      }
    };
  }

  private void check() {
    long now = System.nanoTime();
    if (now - checked >= pause) {
      check.run();
      checked = now;
    }
  }
}

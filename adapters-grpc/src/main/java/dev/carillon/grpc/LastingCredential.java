package dev.carillon.grpc;

import dev.carillon.domain.business.Caller;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The credential of a stream, which may be revoked or expire while that lasts: looked at again
/// before a message goes either way, once a second at most. What it refuses ends the stream as it
/// would have kept it from beginning.
final class LastingCredential {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Caller> authenticate;
  private volatile long lookedAt = System.nanoTime();

  /// @param authenticate throws a DomainException when the credential is worth nothing any more
  LastingCredential(Supplier<Caller> authenticate) {
    this.authenticate = authenticate;
  }

  /// The call, sending nothing that the credential does not open any more.
  <Q, S> ServerCall<Q, S> guard(ServerCall<Q, S> call) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void sendMessage(S message) {
        check();
        super.sendMessage(message);
      }
    };
  }

  /// The listener, hearing nothing that the credential does not open any more.
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
    if (now - lookedAt >= PAUSE_NANOS) {
      var _ = authenticate.get();
      lookedAt = now;
    }
  }
}

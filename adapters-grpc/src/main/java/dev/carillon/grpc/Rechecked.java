package dev.carillon.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;

/// Asks again with every message of a stream whether its caller may go on: one that uploads for an
/// hour would not hear that everything of its business was stopped.
final class Rechecked<Q> extends SimpleForwardingServerCallListener<Q> {
  private final Runnable check;

  private Rechecked(ServerCall.Listener<Q> listener, Runnable check) {
    super(listener);
    this.check = check;
  }

  /// @param check throws a DomainException when the caller may not go on
  static <Q> ServerCall.Listener<Q> of(
      MethodDescriptor<?, ?> method, ServerCall.Listener<Q> listener, Runnable check) {
    return method.getType().clientSendsOneMessage() ? listener : new Rechecked<>(listener, check);
  }

  @Override
  public void onMessage(Q message) {
    check.run();
    super.onMessage(message);
  }
}

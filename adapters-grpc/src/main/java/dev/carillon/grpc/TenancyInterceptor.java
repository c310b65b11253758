package dev.carillon.grpc;

import dev.carillon.application.port.Tenancy;
import dev.carillon.domain.business.Scope;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Has a call handled for the tenant that its credentials stand for, whatever its request names.
final class TenancyInterceptor implements ServerInterceptor {
  private final Tenancy tenancy;

  TenancyInterceptor(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Scope scope = Callers.current().scope();
    return new Bound<>(tenancy.call(scope, () -> next.startCall(call, headers)), tenancy, scope);
  }

  /// Each event of a call may come on another thread.
  private static final class Bound<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Tenancy tenancy;
    private final Scope scope;

    Bound(ServerCall.Listener<Q> listener, Tenancy tenancy, Scope scope) {
      super(listener);
      this.tenancy = tenancy;
      this.scope = scope;
    }

    @Override
    public void onMessage(Q message) {
      tenancy.run(scope, () -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      tenancy.run(scope, super::onHalfClose);
    }

    @Override
    public void onCancel() {
      tenancy.run(scope, super::onCancel);
    }

    @Override
    public void onComplete() {
      tenancy.run(scope, super::onComplete);
    }

    @Override
    public void onReady() {
      tenancy.run(scope, super::onReady);
    }
  }
}

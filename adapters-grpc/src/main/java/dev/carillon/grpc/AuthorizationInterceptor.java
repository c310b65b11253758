package dev.carillon.grpc;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.StoppedBusinesses;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/// Lets a call through whose caller may do what its method is for. What would bring something new
/// is refused while the business is stopped.
final class AuthorizationInterceptor implements ServerInterceptor {
  private final StoppedBusinesses stopped;

  AuthorizationInterceptor(StoppedBusinesses stopped) {
    this.stopped = stopped;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller = Callers.current();
    MethodDescriptor<Q, S> method = call.getMethodDescriptor();
    check(caller, method);
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    // One that uploads for an hour would not hear that everything of its business was stopped.
    return method.getType().clientSendsOneMessage()
        ? listener
        : new StreamGuard(() -> check(caller, method), Duration.ZERO).guard(listener);
  }

  private void check(Caller caller, MethodDescriptor<?, ?> method) {
    Permission needed =
        MethodPermissions.of(method)
            .orElseThrow(() ->
                new IllegalStateException(
                    "nobody has said who may call " + method.getFullMethodName()));
    Rights.require(caller, needed);
    if (MethodPermissions.submits(method) && stopped.contains(caller.scope().business())) {
      throw new DomainException(new DomainError.BusinessStopped(caller.scope().business()));
    }
  }
}

package dev.carillon.grpc;

import dev.carillon.application.quota.RequestQuota;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Counts every call against the quota of its key when it begins, before anything of the request is
/// read; a stream counts once, however long it lasts.
final class QuotaInterceptor implements ServerInterceptor {
  private final RequestQuota quota;

  QuotaInterceptor(RequestQuota quota) {
    this.quota = quota;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    quota.take(Callers.current());
    return next.startCall(call, headers);
  }
}

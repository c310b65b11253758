package dev.carillon.grpc;

import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.RecipientServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Bounds the calls that are worked on at a time, so that memory and store connections stay bounded
/// too: calls while they are handled (a stream while it is opened); submissions and uploads, which
/// are large, from before they are read. A call that finds no room waits, not longer than its
/// deadline. One that nobody waits for any more is not handled.
final class AdmissionInterceptor implements ServerInterceptor, AutoCloseable {
  /// What brings all its recipients at once.
  private static final Set<String> SUBMISSIONS =
      Set.of(
          BulkJobServiceGrpc.getCreateBulkJobMethod().getFullMethodName(),
          BulkJobServiceGrpc.getEstimateBulkJobMethod().getFullMethodName());

  /// Streams of chunks.
  private static final Set<String> UPLOADS =
      Set.of(
          BulkJobServiceGrpc.getAddBulkJobRecipientsMethod().getFullMethodName(),
          RecipientServiceGrpc.getImportRecipientsMethod().getFullMethodName());

  private final GrpcConfig.Load load;
  private final Room unary;
  private final Room submissions;
  private final Room uploads;
  private final ScheduledThreadPoolExecutor timer;

  AdmissionInterceptor(GrpcConfig.Load load) {
    this.load = load;
    this.unary = new Room("calls at a time", load.unaryCalls(), load.unaryWait());
    this.submissions = new Room("submissions at a time", load.submissions(), load.submissionWait());
    this.uploads = new Room("uploads at a time", load.uploads(), load.submissionWait());
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("grpc-slow-requests").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    if (SUBMISSIONS.contains(method)) {
      return submission(call, headers, next);
    }
    return UPLOADS.contains(method)
        ? upload(call, headers, next)
        : new Handled<>(next.startCall(call, headers));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private <Q, S> ServerCall.Listener<Q> submission(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    submissions.enter();
    try {
      Deadlines.check();
      return new Submission<>(call, next.startCall(call, headers));
    } catch (RuntimeException | Error failure) {
      submissions.leave();
      throw failure;
    }
  }

  private <Q, S> ServerCall.Listener<Q> upload(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    uploads.enter();
    try {
      Deadlines.check();
      return new Upload<>(next.startCall(call, headers));
    } catch (RuntimeException | Error failure) {
      uploads.leave();
      throw failure;
    }
  }

  /// Holds a place to the end of the stream.
  private final class Upload<Q> extends SimpleForwardingServerCallListener<Q> {
    Upload(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onCancel() {
      uploads.leave();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      uploads.leave();
      super.onComplete();
    }
  }

  /// Holds a place while the call is handled; a stream then goes on elsewhere.
  private final class Handled<Q> extends SimpleForwardingServerCallListener<Q> {
    Handled(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onHalfClose() {
      unary.enter();
      try {
        Deadlines.check();
        super.onHalfClose();
      } finally {
        unary.leave();
      }
    }
  }

  /// Holds a place from before the request is read to the end of the call; a caller who sends too
  /// slowly loses it.
  private final class Submission<Q, S> extends ServerCall.Listener<Q> {
    private final ServerCall<Q, S> call;
    private final ServerCall.Listener<Q> listener;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final ScheduledFuture<?> timeout;
    private boolean arrived;

    Submission(ServerCall<Q, S> call, ServerCall.Listener<Q> listener) {
      this.call = call;
      this.listener = listener;
      this.timeout =
          timer.schedule(this::refuse, load.submissionArrival().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refuse() {
      if (decided.compareAndSet(false, true)) {
        StatusRuntimeException slow = CallStatuses.tooSlow(load.submissionArrival());
        call.close(slow.getStatus(), Objects.requireNonNull(slow.getTrailers()));
      }
    }

    @Override
    public void onMessage(Q message) {
      if (decided.compareAndSet(false, true)) {
        arrived = true;
        timeout.cancel(false);
        listener.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (arrived) {
        Deadlines.check();
        listener.onHalfClose();
      } else if (decided.compareAndSet(false, true)) {
        listener.onHalfClose();
      }
    }

    @Override
    public void onReady() {
      if (arrived) {
        listener.onReady();
      }
    }

    @Override
    public void onCancel() {
      leave();
      listener.onCancel();
    }

    @Override
    public void onComplete() {
      leave();
      listener.onComplete();
    }

    private void leave() {
      decided.set(true);
      timeout.cancel(false);
      submissions.leave();
    }
  }
}

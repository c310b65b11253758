package dev.carillon.grpc;

import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.StartBulkJobRequest;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// Ends every call that fails with a status that says why, and with an ErrorInfo: refusals as
/// themselves, everything unforeseen as an incident. Nothing of an exception's text leaves the
/// house.
final class ErrorInterceptor implements ServerInterceptor {
  private final Incidents incidents;

  ErrorInterceptor(Incidents incidents) {
    this.incidents = incidents;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Explained<Q, S> explained = new Explained<>(call);
    try {
      return new Caught<>(explained, next.startCall(explained, headers));
    } catch (RuntimeException | Error failure) {
      explained.fail(failure, EntryPaths.ENTRIES);
      return new ServerCall.Listener<>() {};
    }
  }

  /// The status of whatever a call was ended by.
  StatusRuntimeException statusOf(Throwable failure, String method, EntryPaths paths) {
    return switch (failure) {
      case DomainException refused -> ErrorStatuses.of(refused.error(), paths);
      case StatusRuntimeException status when status.getTrailers() != null -> status;
      default -> incidents.report(method, failure);
    };
  }

  /// A call that gives no status without an ErrorInfo, and closes once.
  private final class Explained<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private boolean closed;

    Explained(ServerCall<Q, S> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      closed = true;
      if (status.isOk()) {
        super.close(status, trailers);
        return;
      }
      StatusRuntimeException complete = CallStatuses.complete(status, trailers);
      super.close(complete.getStatus(), trailersOf(complete));
    }

    void fail(Throwable failure, EntryPaths paths) {
      String method = getMethodDescriptor().getFullMethodName();
      StatusRuntimeException status = statusOf(failure, method, paths);
      if (!closed) {
        close(status.getStatus(), trailersOf(status));
      }
    }

    private static Metadata trailersOf(StatusRuntimeException status) {
      Metadata trailers = status.getTrailers();
      return trailers == null ? new Metadata() : trailers;
    }
  }

  /// Catches what the call's handler throws; afterwards the handler hears only of the call's end.
  private static final class Caught<Q, S> extends SimpleForwardingServerCallListener<Q> {
    private final ErrorInterceptor.Explained<Q, S> call;
    private EntryPaths paths = EntryPaths.ENTRIES;
    private boolean failed;

    Caught(ErrorInterceptor.Explained<Q, S> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      paths =
          switch (message) {
            case CreateBulkJobRequest submission -> EntryPaths.of(submission);
            case StartBulkJobRequest _ -> EntryPaths.UPLOAD;
            default -> paths;
          };
      attempt(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      attempt(super::onHalfClose);
    }

    @Override
    public void onReady() {
      attempt(super::onReady);
    }

    private void attempt(Runnable step) {
      if (failed) {
        return;
      }
      try {
        step.run();
      } catch (RuntimeException | Error failure) {
        failed = true;
        call.fail(failure, paths);
      }
    }
  }
}

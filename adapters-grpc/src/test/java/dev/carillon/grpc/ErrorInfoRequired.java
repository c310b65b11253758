package dev.carillon.grpc;

import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// Turns a refusal without an ErrorInfo of ours into DATA_LOSS, which no test expects. What the
/// client itself ended is excepted.
final class ErrorInfoRequired implements ClientInterceptor {
  @Override
  public <Q, S> ClientCall<Q, S> interceptCall(
      MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(ClientCall.Listener<S> listener, Metadata headers) {
        super.start(new Checked<>(listener), headers);
      }
    };
  }

  private static final class Checked<S> extends SimpleForwardingClientCallListener<S> {
    Checked(ClientCall.Listener<S> listener) {
      super(listener);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      boolean fine =
          status.isOk()
              || status.getCode() == Status.Code.CANCELLED
              || explains(status.asRuntimeException(trailers));
      super.onClose(
          fine ? status : Status.DATA_LOSS.withDescription("no ErrorInfo beside " + status),
          trailers);
    }

    private static boolean explains(StatusRuntimeException refusal) {
      try {
        ErrorInfo info = Refusals.info(refusal);
        return info.getDomain().equals("carillon.dev") && !info.getReason().isEmpty();
      } catch (AssertionError | NullPointerException none) {
        return false;
      }
    }
  }
}

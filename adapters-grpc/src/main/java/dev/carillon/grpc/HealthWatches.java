package dev.carillon.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The watches of health that are open on this node: ends them when the node stops, since their
/// readers never do and the server would wait for them.
final class HealthWatches implements ServerInterceptor {
  private final Set<Watch<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    Watch<Q, S> watch = new Watch<>(call);
    open.add(watch);
    return new SimpleForwardingServerCallListener<>(next.startCall(watch, headers)) {
      @Override
      public void onCancel() {
        open.remove(watch);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        open.remove(watch);
        super.onComplete();
      }
    };
  }

  /// Ends all watches, and every one that is still to come, with UNAVAILABLE, once each has been
  /// told how the node is. To be called when it has said NOT_SERVING.
  void drain() {
    draining = true;
    open.forEach(Watch::endIfTold);
  }

  /// One reader's watch. A call is not made for several threads; this one is used by whoever
  /// changes the health and by whoever stops the node.
  private final class Watch<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private boolean told;
    private boolean closed;

    Watch(ServerCall<Q, S> call) {
      super(call);
    }

    @Override
    public synchronized void sendMessage(S status) {
      if (!closed) {
        super.sendMessage(status);
        told = true;
        if (draining) {
          endIfTold();
        }
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }

    synchronized void endIfTold() {
      if (told) {
        StatusRuntimeException end = CallStatuses.draining();
        close(end.getStatus(), Objects.requireNonNullElseGet(end.getTrailers(), Metadata::new));
      }
    }
  }
}

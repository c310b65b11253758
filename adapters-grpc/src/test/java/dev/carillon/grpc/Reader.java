package dev.carillon.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads what a server sends, over a network connection, as fast as a test lets it.
final class Reader<S> {
  final List<S> taken = new CopyOnWriteArrayList<>();
  private volatile @Nullable ClientCallStreamObserver<?> call;
  private volatile @Nullable StatusRuntimeException refusal;
  private volatile boolean completed;

  private Reader() {}

  /// Reads everything at once.
  static <Q, S> Reader<S> eager(BiConsumer<Q, StreamObserver<S>> method, Q request) {
    Reader<S> reader = new Reader<>();
    method.accept(request, reader.<Q>ear(true));
    return reader;
  }

  /// Reads nothing before it is told to.
  static <Q, S> Reader<S> lazy(BiConsumer<Q, StreamObserver<S>> method, Q request) {
    Reader<S> reader = new Reader<>();
    method.accept(request, reader.<Q>ear(false));
    return reader;
  }

  void read(int more) {
    Objects.requireNonNull(call).request(more);
  }

  void cancel() {
    Objects.requireNonNull(call).cancel("enough", null);
  }

  boolean isCompleted() {
    return completed;
  }

  boolean isRefused() {
    return refusal != null;
  }

  StatusRuntimeException refusal() {
    return Objects.requireNonNull(refusal);
  }

  private <Q> ClientResponseObserver<Q, S> ear(boolean eager) {
    return new ClientResponseObserver<>() {
      @Override
      public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call = stream;
        if (!eager) {
          stream.disableAutoRequestWithInitial(0);
        }
      }

      @Override
      public void onNext(S sent) {
        taken.add(sent);
      }

      @Override
      public void onError(Throwable failure) {
        refusal = (StatusRuntimeException) failure;
      }

      @Override
      public void onCompleted() {
        completed = true;
      }
    };
  }
}

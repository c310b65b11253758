package dev.carillon.grpc;

import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Reads an export as fast as a test lets it.
final class ExportReader
    implements ClientResponseObserver<ExportMessagesRequest, ExportMessagesResponse> {
  final List<ExportMessagesResponse> batches = new CopyOnWriteArrayList<>();
  private volatile @Nullable ClientCallStreamObserver<ExportMessagesRequest> call;
  private volatile @Nullable StatusRuntimeException refusal;
  private volatile boolean completed;

  private ExportReader() {}

  /// Reads nothing before it is told to.
  static ExportReader lazy(
      MessageServiceGrpc.MessageServiceStub stub, ExportMessagesRequest request) {
    ExportReader reader = new ExportReader();
    stub.exportMessages(request, reader);
    return reader;
  }

  void read(int batches) {
    Objects.requireNonNull(call).request(batches);
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

  List<Integer> positions() {
    return batches.stream()
        .flatMap(batch -> batch.getMessagesList().stream())
        .map(Message::getPosition)
        .toList();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ExportMessagesRequest> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(0);
  }

  @Override
  public void onNext(ExportMessagesResponse batch) {
    batches.add(batch);
  }

  @Override
  public void onError(Throwable failure) {
    refusal = (StatusRuntimeException) failure;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}

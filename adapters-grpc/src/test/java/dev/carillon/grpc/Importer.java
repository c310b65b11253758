package dev.carillon.grpc;

import dev.carillon.application.fixture.Await;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.ImportRecipientsResponse;
import dev.carillon.v1.RecipientServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client that imports recipients by one stream over a connection of its own.
final class Importer implements StreamObserver<ImportRecipientsResponse> {
  private final ManagedChannel channel;
  private final StreamObserver<ImportRecipientsRequest> chunks;
  private volatile @Nullable ImportRecipientsResponse response;
  private volatile @Nullable Throwable failure;

  private Importer(ManagedChannel channel) {
    this.channel = channel;
    this.chunks =
        RecipientServiceGrpc.newStub(channel)
            .withInterceptors(House.with("x-api-key", House.KEY), new ErrorInfoRequired())
            .importRecipients(this);
  }

  static Importer of(House house) {
    return new Importer(house.channel());
  }

  /// Sends a chunk and does not wait.
  Importer send(ImportRecipientsRequest.Builder chunk) {
    chunks.onNext(chunk.build());
    return this;
  }

  /// Says that there is no more, and waits for the answer.
  ImportRecipientsResponse complete() {
    chunks.onCompleted();
    Await.until("the answer", () -> response != null || failure != null);
    if (failure != null) {
      throw new AssertionError("the import was refused", failure);
    }
    return Objects.requireNonNull(response);
  }

  /// Waits for the refusal that ends the stream.
  StatusRuntimeException refusal() {
    Await.until("the refusal", () -> failure != null);
    return (StatusRuntimeException) Objects.requireNonNull(failure);
  }

  /// The same after saying that there is no more.
  StatusRuntimeException refusalAtTheEnd() {
    chunks.onCompleted();
    return refusal();
  }

  /// Cuts the connection.
  void cut() {
    channel.shutdownNow();
    Await.until("the end of the stream", () -> failure != null);
  }

  @Override
  public void onNext(ImportRecipientsResponse answer) {
    response = answer;
  }

  @Override
  public void onError(Throwable refused) {
    failure = refused;
  }

  @Override
  public void onCompleted() {}
}

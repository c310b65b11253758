package dev.carillon.grpc;

import dev.carillon.application.fixture.Await;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A client that uploads recipients of one job by one stream over a connection of its own.
final class Uploader implements StreamObserver<AddBulkJobRecipientsResponse> {
  private final String bulkId;
  private final ManagedChannel channel;
  private final StreamObserver<AddBulkJobRecipientsRequest> chunks;
  private final List<AddBulkJobRecipientsResponse> acks = new CopyOnWriteArrayList<>();
  private volatile @Nullable StatusRuntimeException refusal;
  private volatile boolean completed;

  private Uploader(String bulkId, ManagedChannel channel, String key) {
    this.bulkId = bulkId;
    this.channel = channel;
    this.chunks =
        BulkJobServiceGrpc.newStub(channel)
            .withInterceptors(House.with("x-api-key", key), new ErrorInfoRequired())
            .addBulkJobRecipients(this);
  }

  static Uploader to(House house, String bulkId) {
    return to(house, bulkId, House.KEY);
  }

  static Uploader to(House house, String bulkId, String key) {
    return new Uploader(bulkId, house.channel(), key);
  }

  /// Sends a chunk and does not wait.
  Uploader send(long sequence, List<BulkJobEntry> entries) {
    return send(
        AddBulkJobRecipientsRequest.newBuilder()
            .setBulkId(bulkId)
            .setSequence(sequence)
            .addAllEntries(entries)
            .build());
  }

  Uploader send(AddBulkJobRecipientsRequest chunk) {
    chunks.onNext(chunk);
    return this;
  }

  /// Waits for so many acknowledgements.
  List<AddBulkJobRecipientsResponse> acks(int count) {
    Await.until(count + " acknowledgements, or the end", () -> acks.size() >= count || hasEnded());
    return List.copyOf(acks);
  }

  /// Says that there is no more, and waits for the end.
  Uploader complete() {
    chunks.onCompleted();
    Await.until("the end of the stream", this::hasEnded);
    return this;
  }

  /// Waits for the refusal that ends the stream.
  StatusRuntimeException refusal() {
    Await.until("the end of the stream", this::hasEnded);
    return Objects.requireNonNull(refusal);
  }

  /// Cuts the connection.
  void cut() {
    channel.shutdownNow();
    Await.until("the end of the stream", this::hasEnded);
  }

  boolean isCompleted() {
    return completed;
  }

  private boolean hasEnded() {
    return completed || refusal != null;
  }

  @Override
  public void onNext(AddBulkJobRecipientsResponse ack) {
    acks.add(ack);
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

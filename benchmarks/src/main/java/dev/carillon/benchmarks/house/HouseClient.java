package dev.carillon.benchmarks.house;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc.BulkJobServiceBlockingStub;
import dev.carillon.v1.BulkJobServiceGrpc.BulkJobServiceStub;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.StartBulkJobRequest;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A client such as any microservice is: generated stubs over a TCP connection of its own.
public final class HouseClient implements AutoCloseable {
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final BulkJobServiceBlockingStub blocking;
  private final BulkJobServiceStub async;

  private HouseClient(ManagedChannel channel) {
    this.channel = channel;
    blocking = BulkJobServiceGrpc.newBlockingStub(channel);
    async = BulkJobServiceGrpc.newStub(channel);
  }

  /// One of a service on this machine.
  public static HouseClient at(int port, String apiKey) {
    return new HouseClient(address(port, apiKey).build());
  }

  /// One that lets the server send no more than so many bytes ahead of its reading.
  static HouseClient withWindow(int port, String apiKey, int bytes) {
    return new HouseClient(address(port, apiKey).flowControlWindow(bytes).build());
  }

  /// How a service on this machine is reached, with the caller's key on every call.
  public static NettyChannelBuilder address(int port, String apiKey) {
    Metadata credential = new Metadata();
    credential.put(API_KEY, apiKey);
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .intercept(MetadataUtils.newAttachHeadersInterceptor(credential));
  }

  /// Submits a job; its state as accepted.
  public BulkJob create(CreateBulkJobRequest request) {
    return blocking.createBulkJob(request).getBulkJob();
  }

  public BulkJob get(String bulkId) {
    return blocking
        .getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(bulkId).build())
        .getBulkJob();
  }

  /// Has an uploaded job sent; its state as started.
  public BulkJob start(StartBulkJobRequest request) {
    return blocking.startBulkJob(request).getBulkJob();
  }

  /// A job's messages, as fast as they are read.
  public Iterator<ExportMessagesResponse> export(ExportMessagesRequest request) {
    return MessageServiceGrpc.newBlockingStub(channel).exportMessages(request);
  }

  /// Reads a job's stream, telling each event, until the job has ended; the job at its end.
  public BulkJob watch(String bulkId, Consumer<WatchBulkJobResponse> tell) {
    Iterator<WatchBulkJobResponse> events = blocking.watchBulkJob(watching(bulkId));
    while (events.hasNext()) {
      WatchBulkJobResponse event = events.next();
      tell.accept(event);
      if (event.hasEnd()) {
        return event.getEnd().getBulkJob();
      }
    }
    throw new IllegalStateException("the stream of " + bulkId + " ended without an end");
  }

  /// Reads a job's stream without waiting for it.
  public void watch(String bulkId, StreamObserver<WatchBulkJobResponse> observer) {
    async.watchBulkJob(watching(bulkId), observer);
  }

  private static WatchBulkJobRequest watching(String bulkId) {
    return WatchBulkJobRequest.newBuilder().setBulkId(bulkId).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

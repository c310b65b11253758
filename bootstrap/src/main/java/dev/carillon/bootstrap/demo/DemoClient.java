package dev.carillon.bootstrap.demo;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A client such as any microservice would be: generated stubs over a network connection.
final class DemoClient implements AutoCloseable {
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final int LARGEST_PAGE = 1_000;

  private final ManagedChannel channel;
  private final BulkJobServiceGrpc.BulkJobServiceBlockingStub jobs;
  private final MessageServiceGrpc.MessageServiceBlockingStub messages;

  DemoClient(String host, int port, String apiKey) {
    Metadata credential = new Metadata();
    credential.put(API_KEY, apiKey);
    channel =
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(credential))
            .build();
    jobs = BulkJobServiceGrpc.newBlockingStub(channel);
    messages = MessageServiceGrpc.newBlockingStub(channel);
  }

  CreateBulkJobResponse create(List<BulkJobEntry> entries) {
    return jobs.createBulkJob(
        CreateBulkJobRequest.newBuilder()
            .setRequestId("demo-1")
            .setName("Parcels of today")
            .setSms(SmsContent.newBuilder().setSender("PARCELS"))
            .addAllEntries(entries)
            .setDefaultRegion("ZW")
            .setCount(entries.size())
            .build());
  }

  /// Reads the job's stream to its end. Tells each state of the job, and whether it is the last.
  void watch(String bulkId, BiConsumer<BulkJob, Boolean> show) {
    Iterator<WatchBulkJobResponse> events =
        jobs.watchBulkJob(WatchBulkJobRequest.newBuilder().setBulkId(bulkId).build());
    while (events.hasNext()) {
      WatchBulkJobResponse event = events.next();
      switch (event.getEventCase()) {
        case SNAPSHOT -> show.accept(event.getSnapshot().getBulkJob(), false);
        case PROGRESS -> show.accept(event.getProgress().getBulkJob(), false);
        case END -> show.accept(event.getEnd().getBulkJob(), true);
        case HEARTBEAT, EVENT_NOT_SET -> {}
      }
    }
  }

  BulkJob get(String bulkId) {
    return jobs.getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(bulkId).build()).getBulkJob();
  }

  /// Tells every message of the job, page by page.
  void messages(String bulkId, Consumer<Message> tell) {
    String page = "";
    do {
      ListMessagesResponse response =
          messages.listMessages(
              ListMessagesRequest.newBuilder()
                  .setBulkId(bulkId)
                  .setPageSize(LARGEST_PAGE)
                  .setPageToken(page)
                  .build());
      response.getMessagesList().forEach(tell);
      page = response.getNextPageToken();
    } while (!page.isEmpty());
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

package dev.carillon.bootstrap.service;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListBulkJobsRequest;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A caller of a service under test, over a network connection.
public final class Client implements AutoCloseable {
  private static final long MOST_SECONDS = 120;

  private final ManagedChannel channel;
  private final Metadata credential = new Metadata();

  public Client(int port, String apiKey) {
    credential.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), apiKey);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  public ManagedChannel channel() {
    return channel;
  }

  public Metadata credential() {
    return credential;
  }

  public BulkJobServiceGrpc.BulkJobServiceBlockingStub jobs() {
    return BulkJobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credential))
        .withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS);
  }

  public MessageServiceGrpc.MessageServiceBlockingStub messages() {
    return MessageServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credential))
        .withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS);
  }

  /// An SMS job to so many different ordinary numbers of Zimbabwe.
  public static CreateBulkJobRequest.Builder anSmsJobTo(int recipients) {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText("Hello"))
        .setDefaultRegion("ZW")
        .addAllTo(IntStream.range(0, recipients).mapToObj(Client::number).toList());
  }

  /// As many entries, each with a text of its own.
  public static List<BulkJobEntry> personalEntries(int recipients) {
    return IntStream.range(0, recipients)
        .mapToObj(i -> {
          BulkJobEntry.Builder entry = BulkJobEntry.newBuilder().setTo(number(i));
          entry.getContentBuilder().setText(text(i));
          return entry.build();
        })
        .toList();
  }

  public BulkJob create(CreateBulkJobRequest.Builder request) {
    return jobs().createBulkJob(request.build()).getBulkJob();
  }

  public BulkJob get(String bulkId) {
    return jobs().getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(bulkId).build()).getBulkJob();
  }

  public long countJobs() {
    return jobs().listBulkJobs(ListBulkJobsRequest.getDefaultInstance()).getTotalSize();
  }

  /// Every event of a job's stream, heartbeats left out, to its end.
  public List<WatchBulkJobResponse> watch(String bulkId) {
    List<WatchBulkJobResponse> events = new ArrayList<>();
    events(bulkId)
        .forEachRemaining(event -> {
          if (!event.hasHeartbeat()) {
            events.add(event);
          }
        });
    return events;
  }

  /// Watches a job until it is as wanted, and returns it as it was then.
  public BulkJob awaitJob(String bulkId, Predicate<BulkJob> wanted) {
    Iterator<WatchBulkJobResponse> events = events(bulkId);
    while (events.hasNext()) {
      BulkJob job = job(events.next());
      if (wanted.test(job)) {
        return job;
      }
    }
    throw new AssertionError("the job ended before it was as wanted");
  }

  /// Asks again and again until the job, ended or not, is as wanted.
  public BulkJob pollJob(String bulkId, Predicate<BulkJob> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    BulkJob job = get(bulkId);
    while (!wanted.test(job)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the job never was as wanted; it is " + job.getCounters());
      }
      Thread.onSpinWait();
      job = get(bulkId);
    }
    return job;
  }

  public List<Message> allMessages(String bulkId) {
    List<Message> all = new ArrayList<>();
    String page = "";
    do {
      ListMessagesResponse response =
          messages()
              .listMessages(
                  ListMessagesRequest.newBuilder()
                      .setBulkId(bulkId)
                      .setPageSize(1_000)
                      .setPageToken(page)
                      .build());
      all.addAll(response.getMessagesList());
      page = response.getNextPageToken();
    } while (!page.isEmpty());
    return all;
  }

  /// The job that an event shows; the default job for a heartbeat.
  public static BulkJob job(WatchBulkJobResponse event) {
    return switch (event.getEventCase()) {
      case SNAPSHOT -> event.getSnapshot().getBulkJob();
      case PROGRESS -> event.getProgress().getBulkJob();
      case END -> event.getEnd().getBulkJob();
      case HEARTBEAT, EVENT_NOT_SET -> BulkJob.getDefaultInstance();
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private Iterator<WatchBulkJobResponse> events(String bulkId) {
    return jobs().watchBulkJob(WatchBulkJobRequest.newBuilder().setBulkId(bulkId).build());
  }

  private static String number(int i) {
    return String.format(Locale.ROOT, "077%07d", 1_000_000 + i);
  }

  private static String text(int i) {
    return String.format(
        Locale.ROOT,
        "Hello number %06d, this is what we have to say to you and to nobody else but you.",
        i);
  }
}

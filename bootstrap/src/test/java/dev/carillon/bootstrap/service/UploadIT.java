package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.StartBulkJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An upload as its owner meets it: over a network that breaks, into a real store, to its end.
@Timeout(240)
class UploadIT {
  private static final int CHUNK = 500;
  private static final int CHUNKS = 40;

  private static RunningCarillon carillon;

  @BeforeAll
  static void start() {
    carillon = RunningCarillon.with(Map.of());
  }

  @AfterAll
  static void stop() {
    carillon.close();
  }

  @Test
  void everyoneIsSentToOnceAfterThreeCuts() throws InterruptedException {
    BulkJob open =
        carillon
            .client()
            .create(
                CreateBulkJobRequest.newBuilder()
                    .setSms(SmsContent.newBuilder().setText("Hello"))
                    .setDefaultRegion("ZW")
                    .setUpload(true));
    String id = open.getBulkId();
    assertThat(open.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_OPEN);

    for (int cut = 1; cut <= 3; cut++) {
      upload(id, carillon.client().get(id).getNextSequence(), cut * 5);
    }
    upload(id, carillon.client().get(id).getNextSequence(), CHUNKS);

    assertThat(carillon.client().get(id).getCounters().getAccepted()).isEqualTo(CHUNK * CHUNKS);
    assertThat(carillon.client().get(id).getNextSequence()).isEqualTo(CHUNKS + 1);
    BulkJob started =
        carillon
            .client()
            .jobs()
            .startBulkJob(
                StartBulkJobRequest.newBuilder().setBulkId(id).setCount(CHUNK * CHUNKS).build())
            .getBulkJob();
    assertThat(started.getName()).isEqualTo("SMS to 20000 recipients");
    BulkJob ended = carillon.client().awaitJob(id, BulkJob::getDone);
    assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
    assertThat(ended.getCounters().getSentCount()).isEqualTo(CHUNK * CHUNKS);
    List<Message> messages = carillon.client().allMessages(id);
    Set<String> addresses = new TreeSet<>();
    messages.forEach(message -> addresses.add(message.getAddress()));
    assertThat(addresses).hasSize(CHUNK * CHUNKS);
    assertThat(messages)
        .extracting(Message::getAddress)
        .isEqualTo(
            IntStream.range(0, CHUNK * CHUNKS)
                .mapToObj(i -> "+263" + number(i).substring(1))
                .toList());
  }

  /// Sends all chunks from this one on, and cuts the connection when so many are acknowledged, or
  /// all.
  private static void upload(String bulkId, long from, int most) throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", carillon.port()).usePlaintext().build();
    try {
      int wanted = (int) Math.min(most, CHUNKS - from + 1);
      Acks acks = new Acks(wanted);
      StreamObserver<AddBulkJobRecipientsRequest> chunks =
          BulkJobServiceGrpc.newStub(channel)
              .withInterceptors(
                  MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential()))
              .addBulkJobRecipients(acks);
      for (long sequence = from; sequence <= CHUNKS; sequence++) {
        chunks.onNext(chunk(bulkId, sequence));
      }
      assertThat(acks.heard.await(120, TimeUnit.SECONDS)).isTrue();
      assertThat(acks.accepted).hasValueGreaterThanOrEqualTo(wanted * CHUNK);
    } finally {
      channel.shutdownNow();
      assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static AddBulkJobRecipientsRequest chunk(String bulkId, long sequence) {
    int first = (int) (sequence - 1) * CHUNK;
    return AddBulkJobRecipientsRequest.newBuilder()
        .setBulkId(bulkId)
        .setSequence(sequence)
        .addAllEntries(
            IntStream.range(first, first + CHUNK)
                .mapToObj(i -> BulkJobEntry.newBuilder().setTo(number(i)).build())
                .toList())
        .build();
  }

  private static String number(int i) {
    return String.format(Locale.ROOT, "077%07d", 1_000_000 + i);
  }

  /// Counts acknowledgements.
  private static final class Acks implements StreamObserver<AddBulkJobRecipientsResponse> {
    private final CountDownLatch heard;
    private final AtomicInteger accepted = new AtomicInteger();

    Acks(int wanted) {
      heard = new CountDownLatch(wanted);
    }

    @Override
    public void onNext(AddBulkJobRecipientsResponse ack) {
      accepted.addAndGet((int) ack.getAccepted());
      heard.countDown();
    }

    @Override
    public void onError(Throwable cut) {}

    @Override
    public void onCompleted() {}
  }
}

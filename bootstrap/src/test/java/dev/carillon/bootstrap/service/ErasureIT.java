package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateRecipientRequest;
import dev.carillon.v1.DeleteRecipientRequest;
import dev.carillon.v1.EraseAddressRequest;
import dev.carillon.v1.Erasure;
import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.GetErasureRequest;
import dev.carillon.v1.GetRecipientRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientServiceGrpc;
import dev.carillon.v1.SearchMessagesRequest;
import dev.carillon.v1.SmsContent;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Forgetting and finding, as callers meet them: over the network, in a real store, while the house
/// is at work.
@Timeout(240)
class ErasureIT {
  private static final String ANN = "+263771600001";
  private static final String BEN = "+263771600002";
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

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
  void forgetsADeletedRecipientInThePastAndInWhatWaits() throws InvalidProtocolBufferException {
    Recipient ann = create("Ann", ANN);
    Recipient ben = create("Ben", BEN);
    BulkJob past = client().create(to(ann, ben));
    client().awaitJob(past.getBulkId(), job -> job.getDone());
    BulkJob waiting =
        client()
            .create(
                to(ann, ben)
                    .setSendTime(
                        Timestamps.fromMillis(Instant.now().plusSeconds(3_600).toEpochMilli())));

    Erasure asked =
        recipients()
            .deleteRecipient(DeleteRecipientRequest.newBuilder().setId(ann.getId()).build())
            .getErasure();
    Refusals.of(() -> get(ann)).has(Status.Code.NOT_FOUND, "RECIPIENT_NOT_FOUND");
    Erasure ended = awaitEnd(asked);

    assertThat(ended.getCancelledCount()).isEqualTo(1);
    assertThat(ended.getErasedCount()).isEqualTo(2);
    assertThat(ended.hasEndTime()).isTrue();
    List<Message> sent = client().allMessages(past.getBulkId());
    assertThat(sent).extracting(Message::getAddress).containsExactly("", BEN);
    assertThat(sent.getFirst().getStatus()).isNotEqualTo(MessageStatus.MESSAGE_STATUS_CANCELLED);
    List<Message> waits = client().allMessages(waiting.getBulkId());
    assertThat(waits).extracting(Message::getAddress).containsExactly("", BEN);
    assertThat(waits)
        .extracting(Message::getStatus)
        .containsExactly(
            MessageStatus.MESSAGE_STATUS_CANCELLED, MessageStatus.MESSAGE_STATUS_PENDING);
    assertThat(waits.getFirst().getReason()).isEqualTo("RECIPIENT_DELETED");
    assertThat(found(ANN)).isEmpty();
    assertThat(found(BEN)).hasSize(2);

    Erasure byAddress =
        awaitEnd(
            recipients()
                .eraseAddress(
                    EraseAddressRequest.newBuilder()
                        .setChannel(Channel.CHANNEL_SMS)
                        .setAddress("0771600002")
                        .setRequestId("forget-ben")
                        .build())
                .getErasure());

    assertThat(byAddress.getErasedCount()).isEqualTo(2);
    assertThat(found(BEN)).isEmpty();
    Refusals.of(() -> get(ben)).has(Status.Code.NOT_FOUND, "RECIPIENT_NOT_FOUND");
    assertThat(client().get(waiting.getBulkId()).getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_FAILED);
  }

  @Test
  void exportsEveryMessageOfAJobAsItIsListed() {
    BulkJob job = client().create(Client.anSmsJobTo(2_345));
    client().awaitJob(job.getBulkId(), one -> one.getDone());
    client().pollJob(job.getBulkId(), one -> one.hasSettleTime());

    List<Message> exported = new ArrayList<>();
    Iterator<ExportMessagesResponse> batches =
        client()
            .messages()
            .exportMessages(ExportMessagesRequest.newBuilder().setBulkId(job.getBulkId()).build());
    batches.forEachRemaining(batch -> exported.addAll(batch.getMessagesList()));

    assertThat(exported).isEqualTo(client().allMessages(job.getBulkId()));
    assertThat(exported).hasSize(2_345);
  }

  private static Client client() {
    return carillon.client();
  }

  private static RecipientServiceGrpc.RecipientServiceBlockingStub recipients() {
    return RecipientServiceGrpc.newBlockingStub(client().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client().credential()));
  }

  private static Recipient create(String name, String number) {
    return recipients()
        .createRecipient(
            CreateRecipientRequest.newBuilder()
                .setRecipient(
                    Recipient.newBuilder()
                        .setFirstName(name)
                        .setLastName("Forgettable")
                        .setSmsPhone(number))
                .build())
        .getRecipient();
  }

  private static Recipient get(Recipient recipient) {
    return recipients()
        .getRecipient(GetRecipientRequest.newBuilder().setId(recipient.getId()).build())
        .getRecipient();
  }

  private static CreateBulkJobRequest.Builder to(Recipient... some) {
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setSms(SmsContent.newBuilder().setText("Hello {{first_name}}"));
    for (Recipient recipient : some) {
      request.addRecipientIds(recipient.getId());
    }
    return request;
  }

  private static List<Message> found(String address) {
    return client()
        .messages()
        .searchMessages(SearchMessagesRequest.newBuilder().setAddress(address).build())
        .getMessagesList();
  }

  private static Erasure awaitEnd(Erasure asked) {
    long end = System.nanoTime() + LONGEST_NANOS;
    Erasure erasure = asked;
    while (!erasure.getDone()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it never ended: " + erasure);
      }
      Thread.onSpinWait();
      erasure =
          recipients()
              .getErasure(GetErasureRequest.newBuilder().setId(asked.getId()).build())
              .getErasure();
    }
    return erasure;
  }
}

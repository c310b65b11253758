package dev.carillon.bootstrap.service;

import static dev.carillon.bootstrap.service.Merchant.cents;
import static dev.carillon.bootstrap.service.Merchant.units;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.carillon.v1.AddSuppressionsRequest;
import dev.carillon.v1.AddSuppressionsResponse;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.Channel;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.ListSuppressionsRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.RemoveSuppressionsRequest;
import dev.carillon.v1.RemoveSuppressionsResponse;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.Suppression;
import dev.carillon.v1.SuppressionCause;
import dev.carillon.v1.SuppressionServiceGrpc;
import dev.carillon.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whom nobody writes to any more, and what it costs: nothing. Each part is two cents.
@Timeout(180)
class SuppressionIT {
  private static RunningCarillon carillon;
  private static Client client;
  private static SuppressionServiceBlockingStub suppressions;

  @BeforeAll
  static void start() {
    carillon = RunningCarillon.with(Map.of());
    client = carillon.client();
    suppressions =
        SuppressionServiceGrpc.newBlockingStub(client.channel())
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(client.credential()))
            .withDeadlineAfter(120, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() {
    carillon.close();
  }

  @Test
  void leavesOutAndNeverChargesWhoIsOnTheListWhenTheJobIsAccepted() {
    add("0771200001");

    BulkJob accepted = client.create(aJobTo("+263771200000", "+263771200001", "0771200002"));

    assertThat(accepted.getCounters().getTotal()).isEqualTo(3);
    assertThat(accepted.getCounters().getSuppressed()).isOne();
    assertThat(units(accepted.getBilling().getTotalCost())).isEqualTo(cents("0.04"));
    BulkJob ended = client.pollJob(accepted.getBulkId(), BulkJob::getDone);
    assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
    assertThat(units(ended.getBilling().getCaptured())).isEqualTo(cents("0.04"));
    assertThat(units(ended.getBilling().getRefunded())).isEqualTo(cents("0"));
    assertThat(client.allMessages(accepted.getBulkId()))
        .extracting(Message::getReason)
        .containsExactly("", "SUPPRESSED", "");
    assertThat(client.allMessages(accepted.getBulkId()).get(1).getStatus())
        .isEqualTo(MessageStatus.MESSAGE_STATUS_REJECTED);
  }

  @Test
  void cancelsAndGivesBackWhatWaitsForSomebodyWhoIsPutOnTheList() {
    BulkJob accepted =
        client.create(
            aJobTo("+263771200010", "+263771200011", "+263771200012")
                .setSendTime(
                    Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() + 3)));
    assertThat(units(accepted.getBilling().getTotalCost())).isEqualTo(cents("0.06"));

    add("+263771200011");

    BulkJob ended =
        client.pollJob(
            accepted.getBulkId(),
            job -> job.getDone() && units(job.getBilling().getRefunded()).signum() > 0);
    assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PARTIAL);
    assertThat(units(ended.getBilling().getCaptured())).isEqualTo(cents("0.04"));
    assertThat(units(ended.getBilling().getRefunded())).isEqualTo(cents("0.02"));
    assertThat(ended.getCounters().getCancelled()).isOne();
    Message withheld = client.allMessages(accepted.getBulkId()).get(1);
    assertThat(withheld.getStatus()).isEqualTo(MessageStatus.MESSAGE_STATUS_CANCELLED);
    assertThat(withheld.getReason()).isEqualTo("SUPPRESSED");
    assertThat(withheld.getAttempts()).isZero();
    assertThat(withheld.getCarrier()).isEmpty();
  }

  @Test
  void writesAgainToWhoIsTakenOffTheList() {
    assertThat(add("+263771200021", "0771200021").getAddedCount()).isOne();
    Suppression listed =
        suppressions
            .listSuppressions(ListSuppressionsRequest.newBuilder().setAddress("0771200021").build())
            .getSuppressions(0);
    assertThat(listed.getCause()).isEqualTo(SuppressionCause.SUPPRESSION_CAUSE_MANUAL);
    assertThat(listed.getCreatedBy()).isNotEmpty();
    RemoveSuppressionsRequest removal =
        RemoveSuppressionsRequest.newBuilder()
            .setChannel(Channel.CHANNEL_SMS)
            .addAddresses("0771200021")
            .setRequestId("off-the-list")
            .build();

    RemoveSuppressionsResponse removed = suppressions.removeSuppressions(removal);

    assertThat(removed.getRemovedList()).containsExactly(listed);
    assertThat(suppressions.removeSuppressions(removal)).isEqualTo(removed);
    BulkJob ended =
        client.pollJob(client.create(aJobTo("+263771200021")).getBulkId(), BulkJob::getDone);
    assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
  }

  private static AddSuppressionsResponse add(String... addresses) {
    return suppressions.addSuppressions(
        AddSuppressionsRequest.newBuilder()
            .setChannel(Channel.CHANNEL_SMS)
            .addAllAddresses(List.of(addresses))
            .build());
  }

  private static CreateBulkJobRequest.Builder aJobTo(String... numbers) {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText("Hello"))
        .setDefaultRegion("ZW")
        .addAllTo(List.of(numbers));
  }
}

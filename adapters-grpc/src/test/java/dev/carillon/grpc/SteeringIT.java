package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.rpc.PreconditionFailure;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobServiceGrpc.BulkJobServiceBlockingStub;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CancelBulkJobResponse;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.PauseBulkJobRequest;
import dev.carillon.v1.PauseBulkJobResponse;
import dev.carillon.v1.PauseReason;
import dev.carillon.v1.ResumeBulkJobRequest;
import dev.carillon.v1.RetryBulkJobRequest;
import dev.carillon.v1.SendWindow;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.UpdateBulkJobRequest;
import dev.carillon.v1.WaitReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SteeringIT {
  private static final String UNKNOWN_ID = "0197a1b2-0000-7000-8000-00000000ffff";
  private static final DispatchOutcome TAKEN = new DispatchOutcome.Accepted("id");
  private static final DispatchOutcome REFUSED =
      new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
  private static final DispatchOutcome LOST = new DispatchOutcome.Unconfirmed("time-out");

  @AutoClose private final House house = House.open();

  @Test
  void pausesAndSaysWhatLeftAndWhatDidNot() {
    String id = create(5);
    LeasedChunk first = house.handOver(id, 1);
    house.answer(first, TAKEN);
    house.clock.advance(Duration.ofSeconds(20));
    house.handOver(id, 2);

    PauseBulkJobResponse paused = house.jobs().pauseBulkJob(pause(id));

    assertThat(paused.getBulkJob().getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PAUSED);
    assertThat(paused.getBulkJob().getPauseReason()).isEqualTo(PauseReason.PAUSE_REASON_OWNER);
    assertThat(paused.getHandedOverCount()).isEqualTo(1);
    assertThat(paused.getInFlightCount()).isEqualTo(2);
    assertThat(paused.getWaitingCount()).isEqualTo(2);
    assertThat(house.jobs().pauseBulkJob(pause(id))).isEqualTo(paused);
  }

  @Test
  void resumesFromWhereTheJobStood() {
    String fresh = create(1);
    String begun = create(2);
    house.handOver(begun, 1);
    String ahead = schedule(House.NOW.plusSeconds(3_600));
    Stream.of(fresh, begun, ahead).forEach(id -> house.jobs().pauseBulkJob(pause(id)));

    assertThat(Stream.of(fresh, begun, ahead).map(id -> resume(id).getStatus()))
        .containsExactly(
            BulkJobStatus.BULK_JOB_STATUS_PENDING,
            BulkJobStatus.BULK_JOB_STATUS_PROCESSING,
            BulkJobStatus.BULK_JOB_STATUS_SCHEDULED);
    assertThat(resume(begun).getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PROCESSING);
    assertThat(resume(begun).getPauseReason()).isEqualTo(PauseReason.PAUSE_REASON_UNSPECIFIED);
  }

  @Test
  void saysWhatAJobWaitsFor() {
    String begun = create(2);
    String ahead = schedule(House.NOW.plusSeconds(3_600));
    assertThat(get(begun).getWaiting().getReason()).isEqualTo(WaitReason.WAIT_REASON_TURN);
    assertThat(get(ahead).getWaiting().getReason()).isEqualTo(WaitReason.WAIT_REASON_SEND_TIME);
    assertThat(get(ahead).getWaiting().getUntil()).isEqualTo(get(ahead).getSendTime());

    house.handOver(begun, 1);
    assertThat(get(begun).hasWaiting()).isFalse();

    house.jobs().pauseBulkJob(pause(begun));
    assertThat(get(begun).getWaiting().getReason()).isEqualTo(WaitReason.WAIT_REASON_PAUSED);
    assertThat(get(begun).getWaiting().getDescription()).contains("ResumeBulkJob");
    assertThat(get(begun).getWaiting().hasUntil()).isFalse();
  }

  @Test
  void doesEachOnceUnderARequestId() {
    String id = create(1);
    PauseBulkJobRequest first = pause(id).toBuilder().setRequestId("p-1").build();
    house.jobs().pauseBulkJob(first);
    resume(id);

    PauseBulkJobResponse repeated = house.jobs().pauseBulkJob(first);

    assertThat(repeated.getBulkJob().getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING);
    StatusRuntimeException reused =
        Refusals.of(() ->
            house.jobs().pauseBulkJob(pause(create(1)).toBuilder().setRequestId("p-1").build()));
    assertThat(Refusals.reason(reused)).isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void cancelsAndCountsWhatIsOnItsWayApart() {
    String id = create(5);
    LeasedChunk first = house.handOver(id, 1);
    house.answer(first, TAKEN);
    house.clock.advance(Duration.ofSeconds(20));
    LeasedChunk second = house.handOver(id, 2);

    CancelBulkJobResponse cancelled = house.jobs().cancelBulkJob(cancel(id));
    house.answer(second, new DispatchOutcome.Withdrawn());
    CancelBulkJobResponse ended = house.jobs().cancelBulkJob(cancel(id));

    assertThat(cancelled.getBulkJob().getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_CANCELLING);
    assertThat(cancelled.getCancelledCount()).isEqualTo(2);
    assertThat(cancelled.getInFlightCount()).isEqualTo(2);
    assertThat(cancelled.getHandedOverCount()).isEqualTo(1);
    assertThat(ended.getBulkJob().getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_CANCELLED);
    assertThat(ended.getCancelledCount()).isEqualTo(4);
    assertThat(ended.getInFlightCount()).isZero();
    assertThat(ended.getHandedOverCount()).isEqualTo(1);
  }

  @Test
  void refusesToSteerAJobThatHasEnded() {
    String id = create(1);
    house.answer(house.handOver(id, 1), TAKEN);

    for (ThrowingCallable call : steering(house.jobs(), id)) {
      StatusRuntimeException refusal = Refusals.of(call);
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(Refusals.reason(refusal)).isEqualTo("ILLEGAL_TRANSITION");
      assertThat(Refusals.detail(refusal, PreconditionFailure.class).getViolations(0).getSubject())
          .isEqualTo(id);
    }
  }

  @Test
  void hidesTheJobsOfOthersFromEveryCall() {
    String id = create(1);
    BulkJobServiceBlockingStub stranger =
        house.jobs().withInterceptors(House.with("x-api-key", House.STRANGERS_KEY));
    BulkJobServiceBlockingStub alone =
        BulkJobServiceGrpc.newBlockingStub(house.channel())
            .withInterceptors(
                House.with("x-api-key", House.STRANGERS_KEY), new ErrorInfoRequired());

    assertThat(Refusals.reason(Refusals.of(() -> stranger.pauseBulkJob(pause(id)))))
        .isEqualTo("INVALID_CREDENTIALS");
    for (String unknown : List.of(id, UNKNOWN_ID, "x")) {
      for (ThrowingCallable call : allSteering(alone, unknown)) {
        StatusRuntimeException refusal = Refusals.of(call);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Refusals.reason(refusal)).isEqualTo("BULK_JOB_NOT_FOUND");
      }
    }
  }

  @Test
  void changesWhatTheMaskNamesAndNothingElse() {
    String id = create(1);
    BulkJob before = get(id);

    BulkJob after =
        house
            .jobs()
            .updateBulkJob(
                update(
                        before.toBuilder()
                            .setName("renamed")
                            .setRatePerSecond(7)
                            .setSendWindow(
                                SendWindow.newBuilder().setFallbackTimeZone("Africa/Harare"))
                            .build())
                    .setUpdateMask(
                        FieldMask.newBuilder().addPaths("rate_per_second").addPaths("send_window"))
                    .build())
            .getBulkJob();

    assertThat(after.getName()).isEqualTo(before.getName());
    assertThat(after.getRatePerSecond()).isEqualTo(7);
    assertThat(after.getSendWindow().getFallbackTimeZone()).isEqualTo("Africa/Harare");
    assertThat(get(id).toBuilder().clearWaiting().build()).isEqualTo(after);
    BulkJob renamed = BulkJob.newBuilder().setBulkId(id).setName("renamed").build();
    assertThat(house.jobs().updateBulkJob(update(renamed).build()).getBulkJob())
        .satisfies(job -> assertThat(job.getName()).isEqualTo("renamed"))
        .satisfies(job -> assertThat(job.getRatePerSecond()).isEqualTo(7));
  }

  @Test
  void refusesChangesThatCannotBe() {
    String id = create(1);
    BulkJob.Builder job = BulkJob.newBuilder().setBulkId(id);

    assertThat(paths(update(job.setRatePerSecond(1_000_001).build())))
        .containsExactly("bulk_job.rate_per_second");
    assertThat(
            paths(
                update(job.clearRatePerSecond().build())
                    .setUpdateMask(FieldMask.newBuilder().addPaths("name"))))
        .containsExactly("bulk_job.name");
    assertThat(paths(update(job.setName("x".repeat(201)).build())))
        .containsExactly("bulk_job.name");
    assertThat(
            paths(
                update(job.setName("x").build())
                    .setUpdateMask(FieldMask.newBuilder().addPaths("priority"))))
        .containsExactly("update_mask.paths[0]");
    assertThat(paths(UpdateBulkJobRequest.newBuilder())).containsExactly("bulk_job");
    assertThat(get(id).getName()).isEqualTo("SMS to 1 recipient");
  }

  @Test
  void retriesWhatFailedAsALinkedJob() {
    String id = create(3);
    house.answer(house.handOver(id, 1), TAKEN);
    house.clock.advance(Duration.ofSeconds(20));
    house.answer(house.handOver(id, 1), REFUSED);
    house.clock.advance(Duration.ofSeconds(20));
    house.answer(house.handOver(id, 1), LOST);
    RetryBulkJobRequest request =
        RetryBulkJobRequest.newBuilder().setBulkId(id).setRequestId("r-1").build();

    BulkJob child = house.jobs().retryBulkJob(request).getBulkJob();

    assertThat(child.getParentBulkId()).isEqualTo(id);
    assertThat(child.getName()).isEqualTo("Retry of SMS to 3 recipients");
    assertThat(child.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING);
    assertThat(child.getCounters().getTotal()).isEqualTo(1);
    assertThat(child.getBilling().getParts()).isEqualTo(1);
    assertThat(messages(child)).extracting(Message::getAddress).containsExactly("+263771000001");
    assertThat(house.jobs().retryBulkJob(request).getBulkJob()).isEqualTo(child);
    assertThat(house.jobCount()).isEqualTo(2);
    StatusRuntimeException nothing =
        Refusals.of(() -> house.jobs().retryBulkJob(request.toBuilder().clearRequestId().build()));
    assertThat(nothing.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(nothing)).isEqualTo("NOTHING_TO_RETRY");
  }

  @Test
  void retriesWhatIsInDoubtOnlyOnDemand() {
    String id = create(1);
    house.answer(house.handOver(id, 1), LOST);
    RetryBulkJobRequest.Builder request = RetryBulkJobRequest.newBuilder().setBulkId(id);

    assertThat(Refusals.reason(Refusals.of(() -> house.jobs().retryBulkJob(request.build()))))
        .isEqualTo("NOTHING_TO_RETRY");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    house
                        .jobs()
                        .retryBulkJob(
                            request
                                .clone()
                                .addStatuses(MessageStatus.MESSAGE_STATUS_FAILED)
                                .addStatuses(MessageStatus.MESSAGE_STATUS_UNKNOWN)
                                .addReasons("NONE_SUCH")
                                .build()))))
        .containsExactly("statuses[1]", "reasons[0]");
    assertThat(
            house
                .jobs()
                .retryBulkJob(request.setIncludeUnknown(true).setName("again").build())
                .getBulkJob())
        .satisfies(job -> assertThat(job.getName()).isEqualTo("again"))
        .satisfies(job -> assertThat(job.getCounters().getPending()).isEqualTo(1));
  }

  @Test
  void refusesToRetryAJobThatStillRuns() {
    StatusRuntimeException refusal =
        Refusals.of(() ->
            house
                .jobs()
                .retryBulkJob(RetryBulkJobRequest.newBuilder().setBulkId(create(1)).build()));

    assertThat(Refusals.reason(refusal)).isEqualTo("ILLEGAL_TRANSITION");
    assertThat(Refusals.info(refusal).getMetadataOrThrow("action")).isEqualTo("retry");
  }

  @Test
  void tellsWhyAttemptsEnded() {
    String id = create(3);
    house.answer(house.handOver(id, 2), REFUSED);

    assertThat(get(id).getAttemptReasonsMap()).containsExactly(Map.entry("CARRIER_REFUSED", 2L));
  }

  @Test
  void showsThePlanOfAScheduledJob() {
    String id = schedule(House.NOW.plusSeconds(3_600));

    BulkJob job = get(id);

    assertThat(job.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_SCHEDULED);
    assertThat(job.getSendTime()).isEqualTo(ProtoValues.timestamp(House.NOW.plusSeconds(3_600)));
    assertThat(job.getExpireTime())
        .isEqualTo(ProtoValues.timestamp(House.NOW.plusSeconds(3_600 + 72 * 3_600)));
  }

  @ParameterizedTest
  @MethodSource("plansThatCannotBe")
  void refusesAPlanThatCannotBe(CreateBulkJobRequest.Builder request, String path) {
    CreateBulkJobRequest wrong = sms(1, request).build();

    assertThat(Refusals.paths(Refusals.of(() -> house.jobs().createBulkJob(wrong))))
        .containsExactly(path);
    assertThat(house.jobCount()).isZero();
  }

  static Stream<Arguments> plansThatCannotBe() {
    Instant now = House.NOW;
    return Stream.of(
        Arguments.of(plan().setSendTime(at(now.plusSeconds(367L * 86_400))), "send_time"),
        Arguments.of(plan().setExpireTime(at(now)), "expire_time"),
        Arguments.of(plan().setExpireTime(at(now.plusSeconds(367L * 86_400))), "expire_time"),
        Arguments.of(
            plan().setSendTime(at(now.plusSeconds(60))).setExpireTime(at(now.plusSeconds(60))),
            "expire_time"),
        Arguments.of(plan().setRatePerSecond(-1), "rate_per_second"),
        Arguments.of(plan().setRatePerSecond(1_000_001), "rate_per_second"),
        Arguments.of(plan().setAutoPauseFailurePercent(101), "auto_pause_failure_percent"),
        Arguments.of(plan().setMisfirePolicyValue(9), "misfire_policy"),
        Arguments.of(plan().setUnknownPolicyValue(9), "unknown_policy"),
        Arguments.of(
            plan().setSendWindow(SendWindow.getDefaultInstance()),
            "send_window.fallback_time_zone"));
  }

  private String create(int count) {
    return house.jobs().createBulkJob(sms(count, plan()).build()).getBulkJob().getBulkId();
  }

  private String schedule(Instant time) {
    return house
        .jobs()
        .createBulkJob(sms(1, plan().setSendTime(at(time))).build())
        .getBulkJob()
        .getBulkId();
  }

  private BulkJob get(String id) {
    return house
        .jobs()
        .getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(id).build())
        .getBulkJob();
  }

  private BulkJob resume(String id) {
    return house
        .jobs()
        .resumeBulkJob(ResumeBulkJobRequest.newBuilder().setBulkId(id).build())
        .getBulkJob();
  }

  private List<Message> messages(BulkJob job) {
    return house
        .messages()
        .listMessages(ListMessagesRequest.newBuilder().setBulkId(job.getBulkId()).build())
        .getMessagesList();
  }

  private List<String> paths(UpdateBulkJobRequest.Builder request) {
    return Refusals.paths(Refusals.of(() -> house.jobs().updateBulkJob(request.build())));
  }

  /// What an ended job refuses.
  private static List<ThrowingCallable> steering(BulkJobServiceBlockingStub jobs, String id) {
    return List.of(
        () -> jobs.pauseBulkJob(pause(id)),
        () -> jobs.resumeBulkJob(ResumeBulkJobRequest.newBuilder().setBulkId(id).build()),
        () -> jobs.cancelBulkJob(cancel(id)),
        () ->
            jobs.updateBulkJob(
                update(BulkJob.newBuilder().setBulkId(id).setName("x").build()).build()));
  }

  private static List<ThrowingCallable> allSteering(BulkJobServiceBlockingStub jobs, String id) {
    return Stream.concat(
            steering(jobs, id).stream(),
            Stream.<ThrowingCallable>of(
                () -> jobs.retryBulkJob(RetryBulkJobRequest.newBuilder().setBulkId(id).build())))
        .toList();
  }

  private static PauseBulkJobRequest pause(String id) {
    return PauseBulkJobRequest.newBuilder().setBulkId(id).build();
  }

  private static CancelBulkJobRequest cancel(String id) {
    return CancelBulkJobRequest.newBuilder().setBulkId(id).build();
  }

  private static UpdateBulkJobRequest.Builder update(BulkJob job) {
    return UpdateBulkJobRequest.newBuilder().setBulkJob(job);
  }

  private static CreateBulkJobRequest.Builder plan() {
    return CreateBulkJobRequest.newBuilder();
  }

  private static CreateBulkJobRequest.Builder sms(int count, CreateBulkJobRequest.Builder plan) {
    CreateBulkJobRequest.Builder request =
        plan.clone().setSms(SmsContent.newBuilder().setText("hello").setSender("ACME"));
    for (int i = 0; i < count; i++) {
      request.addTo("+26377100000" + i);
    }
    return request;
  }

  private static Timestamp at(Instant time) {
    return ProtoValues.timestamp(time);
  }
}

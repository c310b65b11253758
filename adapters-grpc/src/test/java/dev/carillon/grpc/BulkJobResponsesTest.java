package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.type.TimeOfDay;
import dev.carillon.application.GetBulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.job.Wait;
import dev.carillon.domain.job.WaitReason;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobCounters;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.PauseReason;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BulkJobResponsesTest {
  private final BulkJobResponses responses = new BulkJobResponses(() -> House.NOW.plusSeconds(11));

  @Test
  void showsTheFiguresOfTheSeeds() {
    // S1: 985 arrived, 15 were taken and then not delivered.
    BulkJobCounters counters =
        show(JobStatus.COMPLETED, new Counters(1, 2, 3, 4, 0, 0, 0, 985, 0, 15, 0, 0, 0, 0, 5))
            .getCounters();

    assertThat(counters.getTotal()).isEqualTo(1_010);
    assertThat(counters.getAccepted()).isEqualTo(1_000);
    assertThat(counters.getRejected()).isEqualTo(10);
    assertThat(counters.getSuccessRatePercent()).isEqualTo("98.50");
    assertThat(counters.getSentCount()).isEqualTo(1_000);
    assertThat(counters.getDeliveredCount()).isEqualTo(985);
    assertThat(counters.getFailedCount()).isEqualTo(15);
    assertThat(counters.getSuccessCount()).isEqualTo(985);
    assertThat(counters.getProcessed()).isEqualTo(1_000);
    assertThat(counters.getRemaining()).isZero();
    assertThat(counters.getProgressPercent()).isEqualTo(100);
    assertThat(counters.getRetryCount()).isEqualTo(5);
    assertThat(counters.getInvalid()).isEqualTo(1);
    assertThat(counters.getDuplicate()).isEqualTo(2);
    assertThat(counters.getSuppressed()).isEqualTo(3);
    assertThat(counters.getNoAddress()).isEqualTo(4);
  }

  @Test
  void putsEveryBucketInItsPlace() {
    BulkJobCounters counters =
        show(JobStatus.PROCESSING, new Counters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
            .getCounters();

    assertThat(
            new long[] {
              counters.getPending(),
              counters.getQueued(),
              counters.getSent(),
              counters.getDelivered(),
              counters.getRead(),
              counters.getUndelivered(),
              counters.getFailed(),
              counters.getExpired(),
              counters.getCancelled(),
              counters.getUnknown()
            })
        .containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  }

  @Test
  void leavesOutWhatIsNotKnownYet() {
    BulkJob job =
        show(JobStatus.PENDING, new Counters(0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    assertThat(job.hasStartTime()).isFalse();
    assertThat(job.hasEndTime()).isFalse();
    assertThat(job.hasSettleTime()).isFalse();
    assertThat(job.hasError()).isFalse();
    assertThat(job.hasEstimatedCompletionTime()).isFalse();
    assertThat(job.getCounters().hasSuccessRatePercent()).isFalse();
    assertThat(job.getDone()).isFalse();
    assertThat(job.getPollAfter().getSeconds()).isEqualTo(2);
  }

  @Test
  void estimatesTheEndByTheMeasuredRate() {
    // 50 of 100 in the 10 s since the start.
    BulkJob job =
        show(JobStatus.PROCESSING, new Counters(0, 0, 0, 0, 0, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0));

    assertThat(job.getEstimatedCompletionTime())
        .isEqualTo(ProtoValues.timestamp(House.NOW.plusSeconds(21)));
    assertThat(show(JobStatus.COMPLETED, Jobs.NOTHING).hasEstimatedCompletionTime()).isFalse();
    assertThat(show(JobStatus.COMPLETED, Jobs.NOTHING).hasPollAfter()).isFalse();
  }

  @Test
  void saysWhyAndUntilWhenAJobWaits() {
    BulkJob job = got(new Wait(WaitReason.SEND_WINDOW, House.NOW.plusSeconds(60)));

    assertThat(job.getWaiting().getReason())
        .isEqualTo(dev.carillon.v1.WaitReason.WAIT_REASON_SEND_WINDOW);
    assertThat(job.getWaiting().getUntil())
        .isEqualTo(ProtoValues.timestamp(House.NOW.plusSeconds(60)));
    assertThat(job.getWaiting().getDescription())
        .isEqualTo("its send_window is closed for all recipients that are left");
    assertThat(got(new Wait(WaitReason.DISPATCH_OFF, null)).getWaiting().hasUntil()).isFalse();
    assertThat(got(null).hasWaiting()).isFalse();
  }

  @Test
  void estimatesTheEndOfAJobThatWaitsOnlyWhereThatIsAPartOfItsRate() {
    assertThat(got(null).hasEstimatedCompletionTime()).isTrue();
    for (WaitReason reason : WaitReason.values()) {
      assertThat(got(new Wait(reason, null)).hasEstimatedCompletionTime())
          .as("%s", reason)
          .isEqualTo(reason.keepsPace());
    }
  }

  @Test
  void saysWhyAJobFailed() throws InvalidProtocolBufferException {
    BulkJob job = show(JobStatus.FAILED, new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0));

    assertThat(job.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_FAILED);
    assertThat(job.getDone()).isTrue();
    assertThat(job.getError().getMessage()).isEqualTo("no carrier took any message");
    ErrorInfo info = job.getError().getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("ALL_MESSAGES_FAILED");
    assertThat(info.getDomain()).isEqualTo("carillon.dev");
  }

  @Test
  void writesMoneyExactly() {
    BulkJob job = show(JobStatus.COMPLETED, Jobs.NOTHING);

    assertThat(job.getBilling().getTotalCost().getUnits()).isEqualTo(2);
    assertThat(job.getBilling().getTotalCost().getNanos()).isEqualTo(500_001_000);
    assertThat(job.getBilling().getCaptured().getUnits()).isZero();
    assertThat(job.getBilling().getCaptured().getNanos()).isEqualTo(-20_000_000);
    assertThat(job.getBilling().getCurrency()).isEqualTo("USD");
    assertThat(job.getBilling().getParts()).isEqualTo(7);
  }

  @Test
  void showsTheWholePlan() {
    DispatchPlan plan =
        new DispatchPlan(
            House.NOW.plusSeconds(60),
            House.NOW.plusSeconds(120),
            new SendWindow(
                LocalTime.of(8, 30),
                LocalTime.of(18, 0),
                Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                ZoneId.of("Africa/Harare")),
            9,
            MisfirePolicy.SKIP,
            UnknownPolicy.RESEND,
            25);

    BulkJob job = responses.job(Jobs.aJob(JobStatus.PAUSED, Jobs.NOTHING, 1, plan));

    assertThat(job.getSendTime()).isEqualTo(ProtoValues.timestamp(House.NOW.plusSeconds(60)));
    assertThat(job.getExpireTime()).isEqualTo(ProtoValues.timestamp(House.NOW.plusSeconds(120)));
    assertThat(job.getSendWindow().getFrom())
        .isEqualTo(TimeOfDay.newBuilder().setHours(8).setMinutes(30).build());
    assertThat(job.getSendWindow().getTo()).isEqualTo(TimeOfDay.newBuilder().setHours(18).build());
    assertThat(job.getSendWindow().getDaysList())
        .containsExactly(com.google.type.DayOfWeek.MONDAY, com.google.type.DayOfWeek.SUNDAY);
    assertThat(job.getSendWindow().getFallbackTimeZone()).isEqualTo("Africa/Harare");
    assertThat(job.getRatePerSecond()).isEqualTo(9);
    assertThat(job.getMisfirePolicy()).isEqualTo(dev.carillon.v1.MisfirePolicy.MISFIRE_POLICY_SKIP);
    assertThat(job.getUnknownPolicy())
        .isEqualTo(dev.carillon.v1.UnknownPolicy.UNKNOWN_POLICY_RESEND);
    assertThat(job.getAutoPauseFailurePercent()).isEqualTo(25);
    assertThat(job.getPauseReason()).isEqualTo(PauseReason.PAUSE_REASON_FAILURE_RATE);
  }

  @Test
  void leavesOutWhatThePlanDoesNotSay() {
    BulkJob job = show(JobStatus.PENDING, Jobs.NOTHING);

    assertThat(job.hasSendTime()).isFalse();
    assertThat(job.hasSendWindow()).isFalse();
    assertThat(job.getExpireTime()).isEqualTo(ProtoValues.timestamp(Jobs.DEADLINE));
    assertThat(job.getPauseReason()).isEqualTo(PauseReason.PAUSE_REASON_UNSPECIFIED);
    assertThat(job.getAttemptReasonsCount()).isZero();
  }

  private BulkJob got(@Nullable Wait wait) {
    Counters half = new Counters(0, 0, 0, 0, 0, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0);
    return responses
        .got(
            new GetBulkJob.Result(
                Jobs.aJob(JobStatus.PROCESSING, half, 1),
                Map.of(),
                OptionalInt.empty(),
                Optional.ofNullable(wait)))
        .getBulkJob();
  }

  private BulkJob show(JobStatus status, Counters counters) {
    return responses.job(Jobs.aJob(status, counters, 1));
  }
}

package dev.carillon.grpc;

import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// Bulk jobs as use cases would show them.
final class Jobs {
  static final Instant DEADLINE = House.NOW.plusSeconds(3_600);
  static final Counters NOTHING = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private Jobs() {}

  static BulkJob aJob(JobStatus status, Counters counters, long version) {
    return aJob(status, counters, version, DispatchPlan.atOnce(DEADLINE));
  }

  static BulkJob aJob(JobStatus status, Counters counters, long version, DispatchPlan plan) {
    boolean started = status.hasStarted(false);
    boolean ended = status.isEnd();
    return new BulkJob(
        new JobId(1),
        new BulkId(new UUID(0x7000, 1)),
        House.CALLER.scope(),
        new BulkJob.Submission(
            "a job",
            Channel.SMS,
            Priority.NORMAL,
            Map.of("team", "crm"),
            "key-1",
            "simulated",
            null,
            plan),
        new BulkJob.Life(
            status,
            status == JobStatus.FAILED ? JobError.ALL_MESSAGES_FAILED : null,
            status == JobStatus.PAUSED ? PauseReason.FAILURE_RATE : null,
            House.NOW,
            started ? House.NOW.plusSeconds(1) : null,
            ended ? House.NOW.plusSeconds(2) : null,
            House.NOW.plusSeconds(3),
            null),
        counters,
        new JobBilling(
            new Money("USD", 2_500_001), new Money("USD", -20_000), new Money("USD", 0), 7),
        version);
  }
}

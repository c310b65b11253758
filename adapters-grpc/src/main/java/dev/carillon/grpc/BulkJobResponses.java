package dev.carillon.grpc;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.port.Page;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UploadProgress;
import dev.carillon.domain.job.Wait;
import dev.carillon.v1.BulkJobBilling;
import dev.carillon.v1.BulkJobWaiting;
import dev.carillon.v1.CancelBulkJobResponse;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.GetBulkJobResponse;
import dev.carillon.v1.ListBulkJobsResponse;
import dev.carillon.v1.PauseBulkJobResponse;
import dev.carillon.v1.ResumeBulkJobResponse;
import dev.carillon.v1.RetryBulkJobResponse;
import dev.carillon.v1.StartBulkJobResponse;
import dev.carillon.v1.UpdateBulkJobResponse;
import java.time.InstantSource;

/// Maps bulk jobs, and what the use cases tell about them, to the answers of the API.
final class BulkJobResponses {
  private final InstantSource clock;

  /// @param clock by which completion is estimated
  BulkJobResponses(InstantSource clock) {
    this.clock = clock;
  }

  CreateBulkJobResponse created(CreateBulkJob.Result result, EntryPaths paths) {
    dev.carillon.v1.BulkJob.Builder job = job(result.job()).toBuilder();
    if (result.job().status() == JobStatus.OPEN) {
      job.setNextSequence(UploadProgress.NONE.nextSequence());
    }
    CreateBulkJobResponse.Builder response = CreateBulkJobResponse.newBuilder().setBulkJob(job);
    for (RejectedEntry entry : result.rejected()) {
      response.addRejectedEntries(rejected(entry, paths.path(entry.position(), entry.reason())));
    }
    return response.build();
  }

  GetBulkJobResponse got(GetBulkJob.Result result) {
    dev.carillon.v1.BulkJob.Builder job = job(result.job()).toBuilder();
    result.reasons().forEach((reason, count) -> job.putAttemptReasons(reason.name(), count));
    result.nextSequence().ifPresent(job::setNextSequence);
    result.waiting().ifPresent(wait -> addWait(job, wait));
    return GetBulkJobResponse.newBuilder().setBulkJob(job).build();
  }

  private static void addWait(dev.carillon.v1.BulkJob.Builder job, Wait wait) {
    BulkJobWaiting.Builder waiting =
        BulkJobWaiting.newBuilder()
            .setReason(ProtoEnums.WAIT_REASON.toProto(wait.reason()))
            .setDescription(wait.reason().description());
    if (wait.until() != null) {
      waiting.setUntil(ProtoValues.timestamp(wait.until()));
    }
    job.setWaiting(waiting);
    if (!wait.reason().keepsPace()) {
      job.clearEstimatedCompletionTime();
    }
  }

  ListBulkJobsResponse listed(Page<BulkJob> page, PageTokens tokens) {
    return ListBulkJobsResponse.newBuilder()
        .addAllBulkJobs(page.items().stream().map(this::job).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  CancelBulkJobResponse cancelled(CancelBulkJob.Result result) {
    return CancelBulkJobResponse.newBuilder()
        .setBulkJob(job(result.job()))
        .setCancelledCount(result.cancelled())
        .setHandedOverCount(result.handedOver())
        .setInFlightCount(result.inFlight())
        .build();
  }

  PauseBulkJobResponse paused(PauseBulkJob.Result result) {
    return PauseBulkJobResponse.newBuilder()
        .setBulkJob(job(result.job()))
        .setWaitingCount(result.waiting())
        .setInFlightCount(result.inFlight())
        .setHandedOverCount(result.handedOver())
        .build();
  }

  ResumeBulkJobResponse resumed(BulkJob job) {
    return ResumeBulkJobResponse.newBuilder().setBulkJob(job(job)).build();
  }

  UpdateBulkJobResponse updated(BulkJob job) {
    return UpdateBulkJobResponse.newBuilder().setBulkJob(job(job)).build();
  }

  StartBulkJobResponse started(BulkJob job) {
    return StartBulkJobResponse.newBuilder().setBulkJob(job(job)).build();
  }

  RetryBulkJobResponse retried(BulkJob job) {
    return RetryBulkJobResponse.newBuilder().setBulkJob(job(job)).build();
  }

  /// The whole job with every derived figure.
  dev.carillon.v1.BulkJob job(BulkJob job) {
    BulkJob.Submission submission = job.submission();
    dev.carillon.v1.BulkJob.Builder response =
        dev.carillon.v1.BulkJob.newBuilder()
            .setBulkId(job.bulkId().toString())
            .setName(submission.name())
            .setChannel(ProtoEnums.CHANNEL.toProto(submission.channel()))
            .setStatus(ProtoEnums.JOB_STATUS.toProto(job.status()))
            .setDone(job.done())
            .setEnvironment(ProtoEnums.ENVIRONMENT.toProto(job.scope().environment()))
            .setBusinessId(job.scope().business().value())
            .setCreatedBy(submission.createdBy())
            .setProvider(submission.provider())
            .putAllLabels(submission.labels())
            .setPriority(ProtoEnums.PRIORITY.toProto(submission.priority()))
            .addAllMessageEvents(EventTypes.names(submission.told()))
            .setCounters(CounterResponses.counters(job.counters()))
            .setBilling(billing(job.billing()));
    if (submission.parent() != null) {
      response.setParentBulkId(submission.parent().toString());
    }
    if (submission.template() != null) {
      response.setTemplate(ContentResponses.reference(submission.template()));
    }
    PlanResponses.add(response, submission.plan());
    addLife(response, job.life());
    job.estimatedCompletion(clock.instant())
        .map(ProtoValues::timestamp)
        .ifPresent(response::setEstimatedCompletionTime);
    job.pollAfter().map(ProtoValues::duration).ifPresent(response::setPollAfter);
    return response.build();
  }

  private static void addLife(dev.carillon.v1.BulkJob.Builder response, BulkJob.Life life) {
    response
        .setCreateTime(ProtoValues.timestamp(life.createdAt()))
        .setUpdateTime(ProtoValues.timestamp(life.updatedAt()));
    if (life.startedAt() != null) {
      response.setStartTime(ProtoValues.timestamp(life.startedAt()));
    }
    if (life.endedAt() != null) {
      response.setEndTime(ProtoValues.timestamp(life.endedAt()));
    }
    if (life.settledAt() != null) {
      response.setSettleTime(ProtoValues.timestamp(life.settledAt())).setDeliverySettled(true);
    }
    if (life.pause() != null) {
      response.setPauseReason(ProtoEnums.PAUSE_REASON.toProto(life.pause()));
    }
    if (life.error() != null) {
      response.setError(error(life.error()));
    }
  }

  private static Status error(JobError error) {
    Code code =
        switch (error) {
          case ALL_MESSAGES_FAILED -> Code.ABORTED;
          case SYSTEM_ERROR -> Code.INTERNAL;
        };
    return Refusal.of(code, error.name(), error.description()).toProto();
  }

  /// The money of a job.
  static BulkJobBilling billing(JobBilling billing) {
    return BulkJobBilling.newBuilder()
        .setCurrency(billing.held().currency())
        .setTotalCost(ProtoValues.money(billing.held()))
        .setCaptured(ProtoValues.money(billing.captured()))
        .setRefunded(ProtoValues.money(billing.refunded()))
        .setParts(billing.parts())
        .build();
  }

  /// @param path where the caller wrote it
  static dev.carillon.v1.RejectedEntry rejected(RejectedEntry entry, String path) {
    return dev.carillon.v1.RejectedEntry.newBuilder()
        .setPath(path)
        .setPosition(entry.position())
        .setAddress(entry.address())
        .setReason(entry.reason().name())
        .setDescription(entry.description())
        .build();
  }
}

package dev.carillon.grpc;

import com.google.protobuf.Duration;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.watch.WatchBulkJob;
import dev.carillon.application.watch.WatchBulkJobs;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.PauseBulkJobRequest;
import dev.carillon.v1.ResumeBulkJobRequest;
import dev.carillon.v1.RetryBulkJobRequest;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobsRequest;
import java.util.Map;
import java.util.Set;

/// Maps requests about bulk jobs to the queries and commands of their use cases. Throws
/// InvalidFields with all that cannot be mapped.
final class BulkJobRequests {
  private BulkJobRequests() {}

  static GetBulkJob.Query get(Caller caller, GetBulkJobRequest request) {
    return new GetBulkJob.Query(caller, request.getBulkId());
  }

  static CancelBulkJob.Command cancel(Caller caller, CancelBulkJobRequest request) {
    return new CancelBulkJob.Command(caller, request.getBulkId(), request.getRequestId());
  }

  static PauseBulkJob.Command pause(Caller caller, PauseBulkJobRequest request) {
    return new PauseBulkJob.Command(caller, request.getBulkId(), request.getRequestId());
  }

  static ResumeBulkJob.Command resume(Caller caller, ResumeBulkJobRequest request) {
    return new ResumeBulkJob.Command(caller, request.getBulkId(), request.getRequestId());
  }

  static RetryBulkJob.Command retry(Caller caller, RetryBulkJobRequest request) {
    return new RetryBulkJob.Command(
        caller,
        request.getBulkId(),
        request.getRequestId(),
        request.getName(),
        RetrySelections.of(request));
  }

  static WatchBulkJob.Query watch(Caller caller, WatchBulkJobRequest request) {
    return new WatchBulkJob.Query(
        caller,
        request.getBulkId(),
        ResumeTokens.version(request.getResumeToken(), request.getBulkId()),
        request.getUntilSettled());
  }

  static WatchBulkJobs.Query watchAll(Caller caller, WatchBulkJobsRequest request) {
    return new WatchBulkJobs.Query(
        caller,
        JobsPositions.position(caller.scope(), request.getResumeToken()),
        request.getUntilSettled());
  }

  static ProgressStream.Pace pace(Duration heartbeat, Duration interval) {
    return new ProgressStream.Pace(ProtoValues.duration(heartbeat), ProtoValues.duration(interval));
  }

  static ListBulkJobs.Query list(Caller caller, ListBulkJobsRequest request) {
    return new ListBulkJobs.Query(
        caller,
        filter(request),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens pageTokens(Caller caller, ListBulkJobsRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  private static JobFilter filter(ListBulkJobsRequest request) {
    Violations violations = new Violations();
    Set<JobStatus> statuses =
        Filters.twins("statuses", request.getStatusesList(), ProtoEnums.JOB_STATUS, violations);
    Set<JobError> errors =
        Filters.names("error_reasons", request.getErrorReasonsList(), JobError.class, violations);
    violations.refuse();
    return new JobFilter(
        statuses,
        errors,
        ProtoEnums.CHANNEL.toDomain(request.getChannel()).orElse(null),
        Map.copyOf(request.getLabelsMap()));
  }
}

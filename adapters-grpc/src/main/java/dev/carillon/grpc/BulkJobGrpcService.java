package dev.carillon.grpc;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.Estimate;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.UpdateBulkJob;
import dev.carillon.application.watch.WatchBulkJob;
import dev.carillon.application.watch.WatchBulkJobs;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CancelBulkJobResponse;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.EstimateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.GetBulkJobResponse;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.ListBulkJobsResponse;
import dev.carillon.v1.PauseBulkJobRequest;
import dev.carillon.v1.PauseBulkJobResponse;
import dev.carillon.v1.ResumeBulkJobRequest;
import dev.carillon.v1.ResumeBulkJobResponse;
import dev.carillon.v1.RetryBulkJobRequest;
import dev.carillon.v1.RetryBulkJobResponse;
import dev.carillon.v1.StartBulkJobRequest;
import dev.carillon.v1.StartBulkJobResponse;
import dev.carillon.v1.UpdateBulkJobRequest;
import dev.carillon.v1.UpdateBulkJobResponse;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import dev.carillon.v1.WatchBulkJobsRequest;
import dev.carillon.v1.WatchBulkJobsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// carillon.v1.BulkJobService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class BulkJobGrpcService extends BulkJobServiceGrpc.BulkJobServiceImplBase {
  /// Bytes; an event that tells a whole job is not much smaller.
  private static final int AN_EVENT = 1_024;

  private static final int MANY_EVENTS = 32 * AN_EVENT;

  private final BulkJobUseCases useCases;
  private final BulkJobResponses responses;
  private final WatchResponses watches;
  private final ProgressStreams streams;
  private final ChunkStreams uploads;

  BulkJobGrpcService(
      BulkJobUseCases useCases,
      BulkJobResponses responses,
      WatchResponses watches,
      ProgressStreams streams,
      ChunkStreams uploads) {
    this.useCases = useCases;
    this.responses = responses;
    this.watches = watches;
    this.streams = streams;
    this.uploads = uploads;
  }

  @Override
  public void estimateBulkJob(
      EstimateBulkJobRequest request, StreamObserver<EstimateBulkJobResponse> answer) {
    Caller caller = Callers.current();
    EntryPaths paths = EntryPaths.of(request.getSubmission());
    Deadlines.check();
    Estimate estimate =
        Violations.within(
            EstimateMapping.SUBMISSION,
            () -> useCases.estimate().handle(EstimateMapping.query(caller, request)));
    answer.onNext(EstimateMapping.estimated(estimate, paths));
    answer.onCompleted();
  }

  @Override
  public void createBulkJob(
      CreateBulkJobRequest request, StreamObserver<CreateBulkJobResponse> answer) {
    CreateBulkJob.Command command = SubmissionRequests.command(Callers.current(), request);
    Deadlines.check();
    CreateBulkJob.Result result = useCases.create().handle(command);
    answer.onNext(responses.created(result, EntryPaths.of(request)));
    answer.onCompleted();
  }

  @Override
  public StreamObserver<AddBulkJobRecipientsRequest> addBulkJobRecipients(
      StreamObserver<AddBulkJobRecipientsResponse> answers) {
    Caller caller = Callers.current();
    return uploads.serve(
        "AddBulkJobRecipients",
        request -> {
          AddBulkJobRecipients.Chunk chunk =
              useCases.add().handle(UploadMapping.add(caller, request));
          return () -> Optional.of(UploadMapping.added(chunk.store()));
        },
        (ServerCallStreamObserver<AddBulkJobRecipientsResponse>) answers);
  }

  @Override
  public void startBulkJob(
      StartBulkJobRequest request, StreamObserver<StartBulkJobResponse> answer) {
    StartBulkJob.Command command = UploadMapping.start(Callers.current(), request);
    answer.onNext(responses.started(useCases.start().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getBulkJob(GetBulkJobRequest request, StreamObserver<GetBulkJobResponse> answer) {
    GetBulkJob.Query query = BulkJobRequests.get(Callers.current(), request);
    answer.onNext(responses.got(useCases.get().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listBulkJobs(
      ListBulkJobsRequest request, StreamObserver<ListBulkJobsResponse> answer) {
    Caller caller = Callers.current();
    ListBulkJobs.Query query = BulkJobRequests.list(caller, request);
    PageTokens tokens = BulkJobRequests.pageTokens(caller, request);
    answer.onNext(responses.listed(useCases.list().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void watchBulkJob(
      WatchBulkJobRequest request, StreamObserver<WatchBulkJobResponse> answer) {
    WatchBulkJob.Query query = BulkJobRequests.watch(Callers.current(), request);
    streams.serve(
        "WatchBulkJob",
        useCases.watch().handle(query),
        event -> watches.event(request.getBulkId(), event),
        BulkJobRequests.pace(request.getHeartbeatInterval(), request.getMinInterval()),
        AN_EVENT,
        (ServerCallStreamObserver<WatchBulkJobResponse>) answer);
  }

  @Override
  public void watchBulkJobs(
      WatchBulkJobsRequest request, StreamObserver<WatchBulkJobsResponse> answer) {
    Caller caller = Callers.current();
    WatchBulkJobs.Watch watch =
        useCases.watchAll().handle(BulkJobRequests.watchAll(caller, request));
    streams.serve(
        "WatchBulkJobs",
        watch,
        event -> watches.event(caller.scope(), event, watch.position()),
        BulkJobRequests.pace(request.getHeartbeatInterval(), request.getMinInterval()),
        MANY_EVENTS,
        (ServerCallStreamObserver<WatchBulkJobsResponse>) answer);
  }

  @Override
  public void pauseBulkJob(
      PauseBulkJobRequest request, StreamObserver<PauseBulkJobResponse> answer) {
    PauseBulkJob.Command command = BulkJobRequests.pause(Callers.current(), request);
    answer.onNext(responses.paused(useCases.pause().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void resumeBulkJob(
      ResumeBulkJobRequest request, StreamObserver<ResumeBulkJobResponse> answer) {
    ResumeBulkJob.Command command = BulkJobRequests.resume(Callers.current(), request);
    answer.onNext(responses.resumed(useCases.resume().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void cancelBulkJob(
      CancelBulkJobRequest request, StreamObserver<CancelBulkJobResponse> answer) {
    CancelBulkJob.Command command = BulkJobRequests.cancel(Callers.current(), request);
    answer.onNext(responses.cancelled(useCases.cancel().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void updateBulkJob(
      UpdateBulkJobRequest request, StreamObserver<UpdateBulkJobResponse> answer) {
    UpdateBulkJob.Command command = UpdateRequests.command(Callers.current(), request);
    answer.onNext(responses.updated(useCases.update().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void retryBulkJob(
      RetryBulkJobRequest request, StreamObserver<RetryBulkJobResponse> answer) {
    RetryBulkJob.Command command = BulkJobRequests.retry(Callers.current(), request);
    answer.onNext(responses.retried(useCases.retry().handle(command)));
    answer.onCompleted();
  }
}

package dev.carillon.grpc;

import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.AuditBulkJobResponse;
import dev.carillon.v1.ConfirmDispatchRequest;
import dev.carillon.v1.ConfirmDispatchResponse;
import dev.carillon.v1.GetDispatchSwitchRequest;
import dev.carillon.v1.GetDispatchSwitchResponse;
import dev.carillon.v1.ListCarriersRequest;
import dev.carillon.v1.ListCarriersResponse;
import dev.carillon.v1.ListSenderLimitsRequest;
import dev.carillon.v1.ListSenderLimitsResponse;
import dev.carillon.v1.ListStalledJobsRequest;
import dev.carillon.v1.ListStalledJobsResponse;
import dev.carillon.v1.SetSenderLimitRequest;
import dev.carillon.v1.SetSenderLimitResponse;
import dev.carillon.v1.SwitchDispatchOffRequest;
import dev.carillon.v1.SwitchDispatchOffResponse;
import dev.carillon.v1.UpdateCarrierRequest;
import dev.carillon.v1.UpdateCarrierResponse;
import io.grpc.stub.StreamObserver;

/// carillon.v1.AdminService: map in, handle, map out. Who may call it is for the use cases to say.
final class AdminGrpcService extends AdminServiceGrpc.AdminServiceImplBase {
  private final AdminUseCases useCases;
  private final BulkJobResponses jobs;

  AdminGrpcService(AdminUseCases useCases, BulkJobResponses jobs) {
    this.useCases = useCases;
    this.jobs = jobs;
  }

  @Override
  public void listCarriers(
      ListCarriersRequest request, StreamObserver<ListCarriersResponse> answer) {
    var query = AdminRequests.listCarriers(Callers.current());
    answer.onNext(AdminResponses.listed(useCases.listCarriers().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void updateCarrier(
      UpdateCarrierRequest request, StreamObserver<UpdateCarrierResponse> answer) {
    var command = AdminRequests.updateCarrier(Callers.current(), request);
    answer.onNext(AdminResponses.updated(useCases.updateCarrier().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void listSenderLimits(
      ListSenderLimitsRequest request, StreamObserver<ListSenderLimitsResponse> answer) {
    var query = AdminRequests.listSenderLimits(Callers.current(), request);
    answer.onNext(AdminResponses.limits(useCases.listSenderLimits().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void setSenderLimit(
      SetSenderLimitRequest request, StreamObserver<SetSenderLimitResponse> answer) {
    var command = AdminRequests.setSenderLimit(Callers.current(), request);
    answer.onNext(AdminResponses.set(useCases.setSenderLimit().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void auditBulkJob(
      AuditBulkJobRequest request, StreamObserver<AuditBulkJobResponse> answer) {
    var query = AdminRequests.audit(Callers.current(), request);
    var result = useCases.audit().handle(query);
    answer.onNext(AdminResponses.audited(jobs.job(result.job()), result.recount()));
    answer.onCompleted();
  }

  @Override
  public void listStalledJobs(
      ListStalledJobsRequest request, StreamObserver<ListStalledJobsResponse> answer) {
    var query = AdminRequests.listStalled(Callers.current(), request);
    answer.onNext(AdminResponses.stalled(useCases.listStalled().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void getDispatchSwitch(
      GetDispatchSwitchRequest request, StreamObserver<GetDispatchSwitchResponse> answer) {
    var query = AdminRequests.showSwitch(Callers.current());
    answer.onNext(SwitchResponses.got(useCases.showSwitch().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void confirmDispatch(
      ConfirmDispatchRequest request, StreamObserver<ConfirmDispatchResponse> answer) {
    var command = AdminRequests.confirm(Callers.current(), request);
    answer.onNext(SwitchResponses.confirmed(useCases.confirm().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void switchDispatchOff(
      SwitchDispatchOffRequest request, StreamObserver<SwitchDispatchOffResponse> answer) {
    var command = AdminRequests.switchOff(Callers.current(), request);
    answer.onNext(SwitchResponses.off(useCases.switchOff().handle(command)));
    answer.onCompleted();
  }
}

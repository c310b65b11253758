package dev.carillon.grpc;

import dev.carillon.domain.business.Caller;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.AuditBulkJobResponse;
import dev.carillon.v1.ConfirmDispatchRequest;
import dev.carillon.v1.ConfirmDispatchResponse;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.CreateApiKeyResponse;
import dev.carillon.v1.CreateBusinessRequest;
import dev.carillon.v1.CreateBusinessResponse;
import dev.carillon.v1.GetBusinessRequest;
import dev.carillon.v1.GetBusinessResponse;
import dev.carillon.v1.GetDispatchSwitchRequest;
import dev.carillon.v1.GetDispatchSwitchResponse;
import dev.carillon.v1.ListApiKeysRequest;
import dev.carillon.v1.ListApiKeysResponse;
import dev.carillon.v1.ListAuditEntriesRequest;
import dev.carillon.v1.ListAuditEntriesResponse;
import dev.carillon.v1.ListBusinessesRequest;
import dev.carillon.v1.ListBusinessesResponse;
import dev.carillon.v1.ListCarriersRequest;
import dev.carillon.v1.ListCarriersResponse;
import dev.carillon.v1.ListSenderLimitsRequest;
import dev.carillon.v1.ListSenderLimitsResponse;
import dev.carillon.v1.ListStalledJobsRequest;
import dev.carillon.v1.ListStalledJobsResponse;
import dev.carillon.v1.ResumeBusinessRequest;
import dev.carillon.v1.ResumeBusinessResponse;
import dev.carillon.v1.RevokeApiKeyRequest;
import dev.carillon.v1.RevokeApiKeyResponse;
import dev.carillon.v1.SetSenderLimitRequest;
import dev.carillon.v1.SetSenderLimitResponse;
import dev.carillon.v1.StopBusinessRequest;
import dev.carillon.v1.StopBusinessResponse;
import dev.carillon.v1.SwitchDispatchOffRequest;
import dev.carillon.v1.SwitchDispatchOffResponse;
import dev.carillon.v1.UpdateBusinessRequest;
import dev.carillon.v1.UpdateBusinessResponse;
import dev.carillon.v1.UpdateCarrierRequest;
import dev.carillon.v1.UpdateCarrierResponse;
import io.grpc.stub.StreamObserver;

/// carillon.v1.AdminService: map in, handle, map out. Who may call it is for the use cases to say.
final class AdminGrpcService extends AdminServiceGrpc.AdminServiceImplBase {
  private final AdminUseCases useCases;
  private final TenantUseCases tenants;
  private final BulkJobResponses jobs;

  AdminGrpcService(AdminUseCases useCases, TenantUseCases tenants, BulkJobResponses jobs) {
    this.useCases = useCases;
    this.tenants = tenants;
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

  @Override
  public void createBusiness(
      CreateBusinessRequest request, StreamObserver<CreateBusinessResponse> answer) {
    var command = BusinessRequests.create(Callers.current(), request);
    answer.onNext(BusinessResponses.created(tenants.create().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getBusiness(GetBusinessRequest request, StreamObserver<GetBusinessResponse> answer) {
    var query = BusinessRequests.get(Callers.current(), request);
    answer.onNext(BusinessResponses.got(tenants.get().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listBusinesses(
      ListBusinessesRequest request, StreamObserver<ListBusinessesResponse> answer) {
    Caller caller = Callers.current();
    var query = BusinessRequests.list(caller, request);
    var page = tenants.list().handle(query);
    answer.onNext(BusinessResponses.listed(page, BusinessRequests.tokens(caller, request)));
    answer.onCompleted();
  }

  @Override
  public void updateBusiness(
      UpdateBusinessRequest request, StreamObserver<UpdateBusinessResponse> answer) {
    var command = BusinessRequests.update(Callers.current(), request);
    answer.onNext(BusinessResponses.updated(tenants.update().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void stopBusiness(
      StopBusinessRequest request, StreamObserver<StopBusinessResponse> answer) {
    var command = BusinessRequests.stop(Callers.current(), request);
    answer.onNext(BusinessResponses.stopped(tenants.stop().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void resumeBusiness(
      ResumeBusinessRequest request, StreamObserver<ResumeBusinessResponse> answer) {
    var command = BusinessRequests.resume(Callers.current(), request);
    answer.onNext(BusinessResponses.resumed(tenants.resume().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void createApiKey(
      CreateApiKeyRequest request, StreamObserver<CreateApiKeyResponse> answer) {
    var command = KeyRequests.create(Callers.current(), request);
    answer.onNext(KeyResponses.created(tenants.createKey().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void listApiKeys(ListApiKeysRequest request, StreamObserver<ListApiKeysResponse> answer) {
    Caller caller = Callers.current();
    var query = KeyRequests.list(caller, request);
    var page = tenants.listKeys().handle(query);
    answer.onNext(KeyResponses.listed(page, KeyRequests.tokens(caller, request)));
    answer.onCompleted();
  }

  @Override
  public void revokeApiKey(
      RevokeApiKeyRequest request, StreamObserver<RevokeApiKeyResponse> answer) {
    var command = KeyRequests.revoke(Callers.current(), request);
    answer.onNext(KeyResponses.revoked(tenants.revokeKey().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void listAuditEntries(
      ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> answer) {
    Caller caller = Callers.current();
    var query = KeyRequests.listAudit(caller, request);
    var page = tenants.listAudit().handle(query);
    answer.onNext(KeyResponses.audit(page, KeyRequests.tokens(caller, request)));
    answer.onCompleted();
  }
}

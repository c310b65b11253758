package dev.carillon.grpc;

import dev.carillon.domain.business.Caller;
import dev.carillon.v1.AddSuppressionsRequest;
import dev.carillon.v1.AddSuppressionsResponse;
import dev.carillon.v1.ListSuppressionsRequest;
import dev.carillon.v1.ListSuppressionsResponse;
import dev.carillon.v1.RemoveSuppressionsRequest;
import dev.carillon.v1.RemoveSuppressionsResponse;
import dev.carillon.v1.SuppressionServiceGrpc;
import io.grpc.stub.StreamObserver;

/// carillon.v1.SuppressionService: map in, handle, map out. Refusals are thrown, and become
/// statuses elsewhere.
final class SuppressionGrpcService extends SuppressionServiceGrpc.SuppressionServiceImplBase {
  private final SuppressionUseCases useCases;

  SuppressionGrpcService(SuppressionUseCases useCases) {
    this.useCases = useCases;
  }

  @Override
  public void addSuppressions(
      AddSuppressionsRequest request, StreamObserver<AddSuppressionsResponse> answer) {
    var command = SuppressionRequests.add(Callers.current(), request);
    answer.onNext(SuppressionResponses.added(useCases.add().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void removeSuppressions(
      RemoveSuppressionsRequest request, StreamObserver<RemoveSuppressionsResponse> answer) {
    var command = SuppressionRequests.remove(Callers.current(), request);
    answer.onNext(SuppressionResponses.removed(useCases.remove().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void listSuppressions(
      ListSuppressionsRequest request, StreamObserver<ListSuppressionsResponse> answer) {
    Caller caller = Callers.current();
    var query = SuppressionRequests.list(caller, request);
    PageTokens tokens = SuppressionRequests.pageTokens(caller, request);
    answer.onNext(SuppressionResponses.listed(useCases.list().handle(query), tokens));
    answer.onCompleted();
  }
}

package dev.carillon.grpc;

import dev.carillon.domain.business.Caller;
import dev.carillon.v1.AddMembersRequest;
import dev.carillon.v1.AddMembersResponse;
import dev.carillon.v1.CreateRecipientGroupRequest;
import dev.carillon.v1.CreateRecipientGroupResponse;
import dev.carillon.v1.DeleteRecipientGroupRequest;
import dev.carillon.v1.DeleteRecipientGroupResponse;
import dev.carillon.v1.GetRecipientGroupRequest;
import dev.carillon.v1.GetRecipientGroupResponse;
import dev.carillon.v1.ListMembersRequest;
import dev.carillon.v1.ListMembersResponse;
import dev.carillon.v1.ListRecipientGroupsRequest;
import dev.carillon.v1.ListRecipientGroupsResponse;
import dev.carillon.v1.RecipientGroupServiceGrpc;
import dev.carillon.v1.RemoveMembersRequest;
import dev.carillon.v1.RemoveMembersResponse;
import dev.carillon.v1.UpdateRecipientGroupRequest;
import dev.carillon.v1.UpdateRecipientGroupResponse;
import io.grpc.stub.StreamObserver;

/// carillon.v1.RecipientGroupService: map in, handle, map out. Refusals are thrown, and become
/// statuses elsewhere.
final class RecipientGroupGrpcService
    extends RecipientGroupServiceGrpc.RecipientGroupServiceImplBase {
  private final RecipientGroupUseCases useCases;

  RecipientGroupGrpcService(RecipientGroupUseCases useCases) {
    this.useCases = useCases;
  }

  @Override
  public void createRecipientGroup(
      CreateRecipientGroupRequest request, StreamObserver<CreateRecipientGroupResponse> answer) {
    var command = RecipientGroupRequests.create(Callers.current(), request);
    answer.onNext(RecipientGroupResponses.created(useCases.create().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getRecipientGroup(
      GetRecipientGroupRequest request, StreamObserver<GetRecipientGroupResponse> answer) {
    var query = RecipientGroupRequests.get(Callers.current(), request);
    answer.onNext(RecipientGroupResponses.got(useCases.get().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listRecipientGroups(
      ListRecipientGroupsRequest request, StreamObserver<ListRecipientGroupsResponse> answer) {
    Caller caller = Callers.current();
    var query = RecipientGroupRequests.list(caller, request);
    PageTokens tokens = RecipientGroupRequests.pageTokens(caller, request);
    answer.onNext(RecipientGroupResponses.listed(useCases.list().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void updateRecipientGroup(
      UpdateRecipientGroupRequest request, StreamObserver<UpdateRecipientGroupResponse> answer) {
    var command = RecipientGroupRequests.update(Callers.current(), request);
    answer.onNext(RecipientGroupResponses.updated(useCases.update().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void deleteRecipientGroup(
      DeleteRecipientGroupRequest request, StreamObserver<DeleteRecipientGroupResponse> answer) {
    useCases.delete().handle(RecipientGroupRequests.delete(Callers.current(), request));
    answer.onNext(DeleteRecipientGroupResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void addMembers(AddMembersRequest request, StreamObserver<AddMembersResponse> answer) {
    var command = MemberRequests.add(Callers.current(), request);
    answer.onNext(RecipientGroupResponses.added(useCases.addMembers().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void removeMembers(
      RemoveMembersRequest request, StreamObserver<RemoveMembersResponse> answer) {
    var command = MemberRequests.remove(Callers.current(), request);
    answer.onNext(RecipientGroupResponses.removed(useCases.removeMembers().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> answer) {
    Caller caller = Callers.current();
    var query = MemberRequests.list(caller, request);
    RecipientTokens tokens = MemberRequests.tokens(caller, request);
    answer.onNext(RecipientGroupResponses.members(useCases.listMembers().handle(query), tokens));
    answer.onCompleted();
  }
}

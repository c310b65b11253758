package dev.carillon.grpc;

import dev.carillon.domain.business.Caller;
import dev.carillon.v1.BatchGetRecipientsRequest;
import dev.carillon.v1.BatchGetRecipientsResponse;
import dev.carillon.v1.CreateRecipientRequest;
import dev.carillon.v1.CreateRecipientResponse;
import dev.carillon.v1.DeleteRecipientRequest;
import dev.carillon.v1.DeleteRecipientResponse;
import dev.carillon.v1.EraseAddressRequest;
import dev.carillon.v1.EraseAddressResponse;
import dev.carillon.v1.GetErasureRequest;
import dev.carillon.v1.GetErasureResponse;
import dev.carillon.v1.GetRecipientImportRequest;
import dev.carillon.v1.GetRecipientImportResponse;
import dev.carillon.v1.GetRecipientRequest;
import dev.carillon.v1.GetRecipientResponse;
import dev.carillon.v1.ImportRecipientsRequest;
import dev.carillon.v1.ImportRecipientsResponse;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.ListRecipientsResponse;
import dev.carillon.v1.ListRefusedRowsRequest;
import dev.carillon.v1.ListRefusedRowsResponse;
import dev.carillon.v1.RecipientServiceGrpc;
import dev.carillon.v1.UpdateRecipientRequest;
import dev.carillon.v1.UpdateRecipientResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/// carillon.v1.RecipientService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class RecipientGrpcService extends RecipientServiceGrpc.RecipientServiceImplBase {
  private final RecipientUseCases useCases;
  private final ChunkStreams uploads;

  RecipientGrpcService(RecipientUseCases useCases, ChunkStreams uploads) {
    this.useCases = useCases;
    this.uploads = uploads;
  }

  @Override
  public void createRecipient(
      CreateRecipientRequest request, StreamObserver<CreateRecipientResponse> answer) {
    var command = RecipientRequests.create(Callers.current(), request);
    answer.onNext(RecipientResponses.created(useCases.create().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getRecipient(
      GetRecipientRequest request, StreamObserver<GetRecipientResponse> answer) {
    var query = RecipientRequests.get(Callers.current(), request);
    answer.onNext(RecipientResponses.got(useCases.get().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void batchGetRecipients(
      BatchGetRecipientsRequest request, StreamObserver<BatchGetRecipientsResponse> answer) {
    var query = RecipientRequests.batchGet(Callers.current(), request);
    answer.onNext(RecipientResponses.got(useCases.batchGet().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listRecipients(
      ListRecipientsRequest request, StreamObserver<ListRecipientsResponse> answer) {
    Caller caller = Callers.current();
    var query = RecipientListRequests.list(caller, request);
    RecipientTokens tokens = RecipientListRequests.tokens(caller, request);
    answer.onNext(RecipientResponses.listed(useCases.list().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void updateRecipient(
      UpdateRecipientRequest request, StreamObserver<UpdateRecipientResponse> answer) {
    var command = RecipientRequests.update(Callers.current(), request);
    answer.onNext(RecipientResponses.updated(useCases.update().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void deleteRecipient(
      DeleteRecipientRequest request, StreamObserver<DeleteRecipientResponse> answer) {
    var command = RecipientRequests.delete(Callers.current(), request);
    answer.onNext(RecipientResponses.deleted(useCases.delete().handle(command)));
    answer.onCompleted();
  }

  @Override
  public StreamObserver<ImportRecipientsRequest> importRecipients(
      StreamObserver<ImportRecipientsResponse> answer) {
    return uploads.serve(
        "ImportRecipients",
        new RecipientImportStream(Callers.current(), useCases),
        (ServerCallStreamObserver<ImportRecipientsResponse>) answer);
  }

  @Override
  public void getRecipientImport(
      GetRecipientImportRequest request, StreamObserver<GetRecipientImportResponse> answer) {
    var query = RecipientListRequests.standing(Callers.current(), request);
    answer.onNext(RecipientResponses.got(useCases.getImport().handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listRefusedRows(
      ListRefusedRowsRequest request, StreamObserver<ListRefusedRowsResponse> answer) {
    Caller caller = Callers.current();
    var query = RecipientListRequests.refused(caller, request);
    PageTokens tokens = RecipientListRequests.tokens(caller, request);
    answer.onNext(RecipientResponses.refused(useCases.listRefused().handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void eraseAddress(
      EraseAddressRequest request, StreamObserver<EraseAddressResponse> answer) {
    var command = RecipientRequests.erase(Callers.current(), request);
    answer.onNext(RecipientResponses.erasing(useCases.eraseAddress().handle(command)));
    answer.onCompleted();
  }

  @Override
  public void getErasure(GetErasureRequest request, StreamObserver<GetErasureResponse> answer) {
    var query = RecipientRequests.erasure(Callers.current(), request);
    answer.onNext(RecipientResponses.got(useCases.getErasure().handle(query)));
    answer.onCompleted();
  }
}

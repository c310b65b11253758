package dev.carillon.grpc;

import dev.carillon.application.GetMessage;
import dev.carillon.application.ListMessages;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.GetMessageRequest;
import dev.carillon.v1.GetMessageResponse;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.MessageServiceGrpc;
import io.grpc.stub.StreamObserver;

/// carillon.v1.MessageService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class MessageGrpcService extends MessageServiceGrpc.MessageServiceImplBase {
  private final GetMessage getMessage;
  private final ListMessages listMessages;

  MessageGrpcService(GetMessage getMessage, ListMessages listMessages) {
    this.getMessage = getMessage;
    this.listMessages = listMessages;
  }

  @Override
  public void getMessage(GetMessageRequest request, StreamObserver<GetMessageResponse> answer) {
    GetMessage.Query query = MessageRequests.get(Callers.current(), request);
    answer.onNext(MessageResponses.got(getMessage.handle(query)));
    answer.onCompleted();
  }

  @Override
  public void listMessages(
      ListMessagesRequest request, StreamObserver<ListMessagesResponse> answer) {
    Caller caller = Callers.current();
    ListMessages.Query query = MessageRequests.list(caller, request);
    PageTokens tokens = MessageRequests.pageTokens(caller, request);
    answer.onNext(MessageResponses.listed(listMessages.handle(query), tokens));
    answer.onCompleted();
  }
}

package dev.carillon.grpc;

import dev.carillon.application.message.GetMessage;
import dev.carillon.application.message.ListMessages;
import dev.carillon.application.message.SearchMessages;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.GetMessageRequest;
import dev.carillon.v1.GetMessageResponse;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.MessageServiceGrpc;
import dev.carillon.v1.SearchMessagesRequest;
import dev.carillon.v1.SearchMessagesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/// carillon.v1.MessageService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class MessageGrpcService extends MessageServiceGrpc.MessageServiceImplBase {
  private final GetMessage getMessage;
  private final ListMessages listMessages;
  private final SearchMessages searchMessages;
  private final ExportStreams exports;

  MessageGrpcService(
      GetMessage getMessage,
      ListMessages listMessages,
      SearchMessages searchMessages,
      ExportStreams exports) {
    this.getMessage = getMessage;
    this.listMessages = listMessages;
    this.searchMessages = searchMessages;
    this.exports = exports;
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

  @Override
  public void searchMessages(
      SearchMessagesRequest request, StreamObserver<SearchMessagesResponse> answer) {
    Caller caller = Callers.current();
    SearchMessages.Query query = MessageRequests.search(caller, request);
    PageTokens tokens = MessageRequests.pageTokens(caller, request);
    answer.onNext(MessageResponses.found(searchMessages.handle(query), tokens));
    answer.onCompleted();
  }

  @Override
  public void exportMessages(
      ExportMessagesRequest request, StreamObserver<ExportMessagesResponse> answer) {
    exports.serve(
        MessageRequests.export(Callers.current(), request),
        (ServerCallStreamObserver<ExportMessagesResponse>) answer);
  }
}

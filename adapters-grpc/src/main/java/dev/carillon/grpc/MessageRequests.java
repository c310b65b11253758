package dev.carillon.grpc;

import dev.carillon.application.message.ExportMessages;
import dev.carillon.application.message.GetMessage;
import dev.carillon.application.message.ListMessages;
import dev.carillon.application.message.SearchMessages;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.v1.ExportMessagesRequest;
import dev.carillon.v1.GetMessageRequest;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.SearchMessagesRequest;
import java.util.Set;

/// Maps requests about messages to the queries of their use cases. Throws InvalidFields with all
/// that cannot be mapped.
final class MessageRequests {
  private static final int FROM_THE_START = -1;

  private MessageRequests() {}

  static GetMessage.Query get(Caller caller, GetMessageRequest request) {
    return new GetMessage.Query(caller, request.getId());
  }

  static ListMessages.Query list(Caller caller, ListMessagesRequest request) {
    return new ListMessages.Query(
        caller,
        request.getBulkId(),
        filter(request),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list: its job and filters are part of them.
  static PageTokens pageTokens(Caller caller, ListMessagesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static SearchMessages.Query search(Caller caller, SearchMessagesRequest request) {
    return new SearchMessages.Query(
        caller,
        request.getAddress(),
        request.getClientRef(),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this search: what is searched for is part of them.
  static PageTokens pageTokens(Caller caller, SearchMessagesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static ExportMessages.Query export(Caller caller, ExportMessagesRequest request) {
    return new ExportMessages.Query(
        caller,
        request.getBulkId(),
        request.hasAfterPosition() ? request.getAfterPosition() : FROM_THE_START);
  }

  private static MessageFilter filter(ListMessagesRequest request) {
    Violations violations = new Violations();
    Set<MessageStatus> statuses =
        Filters.twins("statuses", request.getStatusesList(), ProtoEnums.MESSAGE_STATUS, violations);
    Set<Reason> reasons =
        Filters.names("reasons", request.getReasonsList(), Reason.class, violations);
    violations.refuse();
    return new MessageFilter(statuses, reasons, request.getClientRef());
  }
}

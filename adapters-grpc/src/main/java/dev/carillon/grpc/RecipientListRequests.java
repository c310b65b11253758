package dev.carillon.grpc;

import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientOrder.By;
import dev.carillon.application.recipient.GetRecipientImport;
import dev.carillon.application.recipient.ListRecipients;
import dev.carillon.application.recipient.ListRefusedRows;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.GetRecipientImportRequest;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.ListRefusedRowsRequest;
import java.util.Locale;
import java.util.Set;

/// Maps requests for lists of recipients, and for what imports left, to the queries of their use
/// cases. Throws InvalidFields with all that cannot be mapped.
final class RecipientListRequests {
  private static final String DESCENDING = " desc";

  private RecipientListRequests() {}

  static ListRecipients.Query list(Caller caller, ListRecipientsRequest request) {
    return new ListRecipients.Query(
        caller,
        Set.copyOf(request.getTagsList()),
        request.getText(),
        ProtoEnums.CHANNEL.toDomain(request.getChannel()).orElse(null),
        request.getGroupId(),
        tokens(caller, request)
            .request(request.getPageSize(), request.getSkip(), request.getPageToken()));
  }

  /// The tokens of this list: its filters and order are part of them.
  static RecipientTokens tokens(Caller caller, ListRecipientsRequest request) {
    return RecipientTokens.of(
        caller.scope(),
        request.toBuilder().clearPageSize().clearPageToken().clearSkip().build(),
        order(request.getOrderBy()));
  }

  static GetRecipientImport.Query standing(Caller caller, GetRecipientImportRequest request) {
    return new GetRecipientImport.Query(caller, request.getImportId());
  }

  static ListRefusedRows.Query refused(Caller caller, ListRefusedRowsRequest request) {
    return new ListRefusedRows.Query(
        caller,
        request.getImportId(),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            tokens(caller, request)));
  }

  /// The tokens of this list: its import is part of them.
  static PageTokens tokens(Caller caller, ListRefusedRowsRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  /// The rules of the request know the texts that there are.
  private static RecipientOrder order(String orderBy) {
    if (orderBy.isEmpty()) {
      return RecipientOrder.DEFAULT;
    }
    String field = orderBy.split(" ", 2)[0];
    return new RecipientOrder(
        By.valueOf(field.toUpperCase(Locale.ROOT)), orderBy.endsWith(DESCENDING));
  }
}

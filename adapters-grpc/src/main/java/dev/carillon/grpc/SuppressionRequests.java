package dev.carillon.grpc;

import dev.carillon.application.suppression.AddSuppressions;
import dev.carillon.application.suppression.Addresses;
import dev.carillon.application.suppression.ListSuppressions;
import dev.carillon.application.suppression.RemoveSuppressions;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.v1.AddSuppressionsRequest;
import dev.carillon.v1.Channel;
import dev.carillon.v1.ListSuppressionsRequest;
import dev.carillon.v1.RemoveSuppressionsRequest;
import java.util.List;

/// Maps requests about addresses that must not be written to. Throws InvalidFields with what cannot
/// be mapped.
final class SuppressionRequests {
  private SuppressionRequests() {}

  static AddSuppressions.Command add(Caller caller, AddSuppressionsRequest request) {
    return new AddSuppressions.Command(
        caller,
        request.getRequestId(),
        addresses(
            caller, request.getChannel(), request.getAddressesList(), request.getDefaultRegion()),
        ProtoEnums.SUPPRESSION_CAUSE.toDomain(request.getCause()).orElse(SuppressionCause.MANUAL),
        request.getNote());
  }

  static RemoveSuppressions.Command remove(Caller caller, RemoveSuppressionsRequest request) {
    return new RemoveSuppressions.Command(
        caller,
        request.getRequestId(),
        addresses(
            caller, request.getChannel(), request.getAddressesList(), request.getDefaultRegion()));
  }

  static ListSuppressions.Query list(Caller caller, ListSuppressionsRequest request) {
    return new ListSuppressions.Query(
        caller,
        ProtoEnums.CHANNEL.toDomain(request.getChannel()).orElse(null),
        ProtoEnums.SUPPRESSION_CAUSE.toDomain(request.getCause()).orElse(null),
        request.getAddress(),
        RecipientRequests.region(caller, request.getDefaultRegion()),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens pageTokens(Caller caller, ListSuppressionsRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  private static Addresses addresses(
      Caller caller, Channel channel, List<String> texts, String region) {
    return new Addresses(
        ProtoEnums.CHANNEL
            .toDomain(channel)
            .orElseThrow(() -> Violations.one("channel", "must be SMS, WHATSAPP or EMAIL")),
        texts,
        RecipientRequests.region(caller, region));
  }
}

package dev.carillon.grpc;

import dev.carillon.application.port.Page;
import dev.carillon.application.suppression.AddSuppressions;
import dev.carillon.application.suppression.RemoveSuppressions;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.v1.AddSuppressionsResponse;
import dev.carillon.v1.ListSuppressionsResponse;
import dev.carillon.v1.RemoveSuppressionsResponse;

/// Maps addresses that must not be written to to the answers of the API.
final class SuppressionResponses {
  private SuppressionResponses() {}

  static AddSuppressionsResponse added(AddSuppressions.Result result) {
    return AddSuppressionsResponse.newBuilder()
        .setAddedCount(result.added())
        .setUnchangedCount(result.unchanged())
        .build();
  }

  static RemoveSuppressionsResponse removed(RemoveSuppressions.Result result) {
    return RemoveSuppressionsResponse.newBuilder()
        .addAllRemoved(result.removed().stream().map(SuppressionResponses::suppression).toList())
        .setUnchangedCount(result.unchanged())
        .build();
  }

  static ListSuppressionsResponse listed(Page<Suppression> page, PageTokens tokens) {
    return ListSuppressionsResponse.newBuilder()
        .addAllSuppressions(page.items().stream().map(SuppressionResponses::suppression).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  private static dev.carillon.v1.Suppression suppression(Suppression suppression) {
    return dev.carillon.v1.Suppression.newBuilder()
        .setChannel(ProtoEnums.CHANNEL.toProto(suppression.channel()))
        .setAddress(suppression.address())
        .setCause(ProtoEnums.SUPPRESSION_CAUSE.toProto(suppression.cause()))
        .setDetail(suppression.detail())
        .setCreatedBy(suppression.createdBy())
        .setCreateTime(ProtoValues.timestamp(suppression.createdAt()))
        .build();
  }
}

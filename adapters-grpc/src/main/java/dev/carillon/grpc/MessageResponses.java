package dev.carillon.grpc;

import dev.carillon.application.port.Page;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.Message;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.GetMessageResponse;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.SearchMessagesResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Maps messages to the answers of the API.
final class MessageResponses {
  private MessageResponses() {}

  static GetMessageResponse got(Message message) {
    return GetMessageResponse.newBuilder().setMessage(message(message)).build();
  }

  static ListMessagesResponse listed(Page<Message> page, PageTokens tokens) {
    return ListMessagesResponse.newBuilder()
        .addAllMessages(page.items().stream().map(MessageResponses::message).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static SearchMessagesResponse found(Page<Message> page, PageTokens tokens) {
    return SearchMessagesResponse.newBuilder()
        .addAllMessages(page.items().stream().map(MessageResponses::message).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static ExportMessagesResponse exported(List<Message> batch) {
    return ExportMessagesResponse.newBuilder()
        .addAllMessages(batch.stream().map(MessageResponses::message).toList())
        .build();
  }

  private static dev.carillon.v1.Message message(Message message) {
    dev.carillon.v1.Message.Builder response =
        dev.carillon.v1.Message.newBuilder()
            .setId(message.id().toString())
            .setBulkId(message.id().bulkId().toString())
            .setPosition(message.id().position())
            .setClientRef(message.clientRef())
            .setChannel(ProtoEnums.CHANNEL.toProto(message.channel()))
            .setAddress(message.address())
            .setStatus(ProtoEnums.MESSAGE_STATUS.toProto(message.status()))
            .setReason(message.reason() == null ? "" : message.reason().name())
            .setReasonText(reasonText(message.reason(), message.detail()))
            .setNetwork(message.network())
            .setParts(message.parts())
            .setAttempts(message.attempts())
            .setPossibleDuplicate(message.possibleDuplicate());
    addHandOver(response, message.last());
    addTimes(response, message);
    return response.build();
  }

  static String reasonText(@Nullable Reason reason, String detail) {
    if (reason == null) {
      return detail;
    }
    return detail.isEmpty() ? reason.description() : reason.description() + ": " + detail;
  }

  private static void addHandOver(
      dev.carillon.v1.Message.Builder response, Message.@Nullable LastHandOver last) {
    if (last != null) {
      response
          .setCarrier(last.carrier())
          .setCarrierMessageId(last.carrierMessageId())
          .setCarrierChoiceReason(last.choiceReason());
    }
  }

  private static void addTimes(dev.carillon.v1.Message.Builder response, Message message) {
    response.setCreateTime(ProtoValues.timestamp(message.createdAt()));
    if (message.sentAt() != null) {
      response.setSendTime(ProtoValues.timestamp(message.sentAt()));
    }
    if (message.updatedAt() != null) {
      response.setUpdateTime(ProtoValues.timestamp(message.updatedAt()));
    }
  }
}

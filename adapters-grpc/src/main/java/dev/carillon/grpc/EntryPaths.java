package dev.carillon.grpc;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.v1.CreateBulkJobRequest;

/// How a submission names its recipients, so that a field path points at what the caller wrote.
enum EntryPaths {
  /// `to[17]`
  TO("to"),
  /// `entries[17].to`
  ENTRIES("entries"),
  /// `entries[17].to` of all that were uploaded
  UPLOAD("entries"),
  /// `recipient_ids[17]`
  RECIPIENT_IDS("recipient_ids"),
  /// `group_id`
  GROUP("group_id"),
  /// `tag_expression`
  TAGS("tag_expression");

  private final String field;

  EntryPaths(String field) {
    this.field = field;
  }

  /// The way of this request; of one without recipients, `entries`.
  static EntryPaths of(CreateBulkJobRequest request) {
    if (request.getEntriesCount() > 0) {
      return ENTRIES;
    }
    if (request.getToCount() > 0) {
      return TO;
    }
    if (request.getRecipientIdsCount() > 0) {
      return RECIPIENT_IDS;
    }
    if (!request.getGroupId().isEmpty()) {
      return GROUP;
    }
    return request.getTagExpression().isEmpty() ? ENTRIES : TAGS;
  }

  /// The field that lists the recipients.
  String field() {
    return field;
  }

  /// The path to what was wrong with one of them.
  String path(int position, Reason reason) {
    String entry = field + "[" + position + "]";
    return switch (this) {
      case ENTRIES, UPLOAD -> entry + "." + part(reason);
      case TO, RECIPIENT_IDS -> entry;
      case GROUP, TAGS -> field;
    };
  }

  /// The field that names all of them together.
  String whole() {
    return this == UPLOAD ? "bulk_id" : field;
  }

  /// Why there is nobody at all, for people.
  String nobody() {
    return switch (this) {
      case UPLOAD -> "nobody has been uploaded";
      case GROUP -> "the group has nobody in it";
      case TAGS -> "there is nobody whose tags fit it";
      case TO, ENTRIES, RECIPIENT_IDS -> "there is nobody in it";
    };
  }

  private static String part(Reason reason) {
    return switch (reason) {
      case INVALID_CLIENT_REF -> "client_ref";
      case EMPTY_CONTENT, CONTENT_TOO_LONG, INVALID_CONTENT, MISSING_VARIABLE -> "content";
      default -> "to";
    };
  }
}

package dev.carillon.grpc;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.v1.CreateBulkJobRequest;

/// How a submission names its recipients, so that a field path points at what the caller wrote.
enum EntryPaths {
  /// `to[17]`
  TO("to"),
  /// `entries[17].to`
  ENTRIES("entries");

  private final String field;

  EntryPaths(String field) {
    this.field = field;
  }

  /// The way of this request; of one without recipients, `entries`.
  static EntryPaths of(CreateBulkJobRequest request) {
    return request.getToCount() > 0 && request.getEntriesCount() == 0 ? TO : ENTRIES;
  }

  /// The field that lists the recipients.
  String field() {
    return field;
  }

  /// The path to what was wrong with one of them.
  String path(int position, Reason reason) {
    String entry = field + "[" + position + "]";
    return this == TO ? entry : entry + "." + part(reason);
  }

  private static String part(Reason reason) {
    return switch (reason) {
      case INVALID_CLIENT_REF -> "client_ref";
      case EMPTY_CONTENT, CONTENT_TOO_LONG, INVALID_CONTENT, MISSING_VARIABLE -> "content";
      default -> "to";
    };
  }
}

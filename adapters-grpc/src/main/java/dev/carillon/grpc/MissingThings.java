package dev.carillon.grpc;

import com.google.rpc.Code;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;

/// What callers are told of things that do not exist: a reason for programs, words for people, and
/// the resource's type.
final class MissingThings {
  private static final int LONGEST_NAME = 200;

  private MissingThings() {}

  static Refusal refusal(DomainError.NotFound missing) {
    return Refusal.of(
            Code.NOT_FOUND,
            missing.kind() + "_NOT_FOUND",
            "there is no " + words(missing.kind()) + " with this id")
        .resource(type(missing.kind()), FieldPaths.shown(missing.id(), LONGEST_NAME));
  }

  static Refusal version(DomainError.NoTemplateVersion missing) {
    return Refusal.of(
            Code.NOT_FOUND,
            "TEMPLATE_VERSION_NOT_FOUND",
            "this template has no version "
                + missing.version()
                + "; its latest is "
                + missing.latest())
        .fact("version", missing.version())
        .fact("latest", missing.latest())
        .resource(type(Kind.TEMPLATE), FieldPaths.shown(missing.template(), LONGEST_NAME));
  }

  /// The resource's message in the API.
  static String type(Kind kind) {
    return "carillon.v1."
        + switch (kind) {
          case BULK_JOB -> "BulkJob";
          case MESSAGE -> "Message";
          case CARRIER -> "Carrier";
          case RECIPIENT -> "Recipient";
          case RECIPIENT_GROUP -> "RecipientGroup";
          case RECIPIENT_IMPORT -> "RecipientImport";
          case TEMPLATE -> "Template";
          case ERASURE -> "Erasure";
          case BUSINESS -> "Business";
          case API_KEY -> "ApiKey";
          case PRICE -> "Price";
          case WEBHOOK_ENDPOINT -> "WebhookEndpoint";
          case EVENT -> "Event";
        };
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case BULK_JOB -> "bulk job";
      case MESSAGE -> "message";
      case CARRIER -> "carrier";
      case RECIPIENT -> "recipient";
      case RECIPIENT_GROUP -> "recipient group";
      case RECIPIENT_IMPORT -> "import of recipients";
      case TEMPLATE -> "template";
      case ERASURE -> "erasure";
      case BUSINESS -> "business";
      case API_KEY -> "API key";
      case PRICE -> "price";
      case WEBHOOK_ENDPOINT -> "webhook endpoint";
      case EVENT -> "event";
    };
  }
}

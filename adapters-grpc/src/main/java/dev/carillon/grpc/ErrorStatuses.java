package dev.carillon.grpc;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The one place where a refusal becomes a gRPC status. Every status carries an ErrorInfo of the
/// domain `carillon.dev`; reasons are part of the API.
final class ErrorStatuses {
  private static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";
  private static final String NO_VALID_RECIPIENTS = "NO_VALID_RECIPIENTS";
  private static final int LONGEST_PATH = 200;

  private ErrorStatuses() {}

  /// The status of a refusal.
  ///
  /// @param paths how the request named its recipients
  static StatusRuntimeException of(DomainError error, EntryPaths paths) {
    return refusal(error, paths).toException();
  }

  private static Refusal refusal(DomainError error, EntryPaths paths) {
    return switch (error) {
      case DomainError.InvalidFields invalid -> invalidFields(invalid);
      case DomainError.NoValidRecipients none -> noValidRecipients(none, paths);
      case DomainError.NotFound missing -> MissingThings.refusal(missing);
      case DomainError.NoTemplateVersion missing -> MissingThings.version(missing);
      case DomainError.AlreadyExists taken ->
          Refusal.of(
                  Code.ALREADY_EXISTS,
                  taken.kind() + "_EXISTS",
                  taken.field() + ": another one has the same")
              .fact("field", taken.field())
              .resource(MissingThings.type(taken.kind()), taken.id());
      case DomainError.EtagMismatch changed ->
          Refusal.of(
                  Code.ABORTED,
                  "ETAG_MISMATCH",
                  "it was changed since; get it again and decide anew")
              .resource(MissingThings.type(changed.kind()), changed.id());
      case DomainError.SequenceGap gap -> ChunkRefusals.gap(gap);
      case DomainError.SequenceReused reused -> ChunkRefusals.reused(reused);
      case DomainError.TooManyRecipients tooMany -> ChunkRefusals.tooMany(tooMany);
      case DomainError.GroupIsDynamic dynamic ->
          Refusal.of(
                  Code.FAILED_PRECONDITION,
                  "GROUP_IS_DYNAMIC",
                  "the members of this group are told by their tags; change those, or the group's"
                      + " tag_expression")
              .precondition("GROUP_IS_DYNAMIC", dynamic.group(), "its members are told by tags");
      case DomainError.GroupIsStatic fixed ->
          Refusal.of(
                  Code.FAILED_PRECONDITION,
                  "GROUP_IS_STATIC",
                  "this group has the members that were put into it, and no tag_expression")
              .precondition("GROUP_IS_STATIC", fixed.group(), "its members were put into it");
      case DomainError.RequestIdReused reused ->
          Refusal.of(
                  Code.ALREADY_EXISTS,
                  "REQUEST_ID_REUSED",
                  "the request_id was used before with other content")
              .resource("request_id", reused.requestId());
      case DomainError.IllegalTransition illegal -> illegalTransition(illegal);
      case DomainError.NothingToRetry nothing ->
          Refusal.of(
                  Code.FAILED_PRECONDITION,
                  "NOTHING_TO_RETRY",
                  "no message of this bulk job fits, or another retry has taken them all")
              .precondition("NOTHING_TO_RETRY", nothing.bulkId(), "has no such message left");
      case DomainError.HistoryChanged _ ->
          Refusal.of(
                  Code.FAILED_PRECONDITION,
                  "HISTORY_CHANGED",
                  "the store has another history by now; look at the switch again")
              .precondition("HISTORY_CHANGED", "history_token", "is not of the store as it is now");
      case DomainError.NoCarrier none ->
          Refusal.of(
                  Code.FAILED_PRECONDITION,
                  "NO_CARRIER",
                  "no carrier is configured for " + none.channel())
              .precondition("NO_CARRIER", none.channel(), "no carrier is configured for it");
      case DomainError.InvalidCredentials invalid -> CredentialRefusals.invalid(invalid);
      case DomainError.RoleRequired required -> CredentialRefusals.role(required);
      case DomainError.ScopeRequired lacking -> CredentialRefusals.scope(lacking);
      case DomainError.BusinessStopped stopped -> CredentialRefusals.stopped(stopped);
      case DomainError.NoCredit noCredit -> MoneyRefusals.noCredit(noCredit);
      case DomainError.BalanceTooLow low -> MoneyRefusals.tooLow(low);
      case DomainError.MaxCostExceeded exceeded -> MoneyRefusals.tooDear(exceeded);
      case DomainError.TooManyPrices tooMany -> MoneyRefusals.tooMany(tooMany);
      case DomainError.TopUpReused reused -> MoneyRefusals.reused(reused);
      case DomainError.CurrencyMismatch mismatch -> MoneyRefusals.mismatch(mismatch);
      case DomainError.BillingFailed failed ->
          Refusal.of(Code.ABORTED, "BILLING_FAILED", "the money could not be booked; try again")
              .retryAfter(failed.retryAfter());
      case DomainError.QuotaExceeded exceeded -> quotaExceeded(exceeded);
      case DomainError.CursorTooOld tooOld ->
          Refusal.of(
                  Code.OUT_OF_RANGE,
                  "CURSOR_TOO_OLD",
                  "events after this cursor are not kept any more; go on from oldest_cursor and"
                      + " look at what you keep")
              .fact("oldest_cursor", EventCursors.of(tooOld.scope(), tooOld.oldest()));
      case DomainError.CursorTooNew tooNew ->
          Refusal.of(
                  Code.OUT_OF_RANGE,
                  "CURSOR_TOO_NEW",
                  "this cursor is of a history that the database has lost; go on from newest_cursor"
                      + " and look at what you keep")
              .fact("newest_cursor", EventCursors.of(tooNew.scope(), tooNew.newest()));
      case DomainError.TooManyEndpoints tooMany -> WebhookRefusals.tooMany(tooMany);
      case DomainError.EndpointDisabled disabled -> WebhookRefusals.disabled(disabled);
      case DomainError.WebhooksNotConfigured _ -> WebhookRefusals.notConfigured();
      case DomainError.StoreUnavailable unavailable ->
          Refusal.of(
                  Code.UNAVAILABLE,
                  "STORE_UNAVAILABLE",
                  "the store is not available for now; try again")
              .retryAfter(unavailable.retryAfter());
    };
  }

  private static Refusal invalidFields(DomainError.InvalidFields invalid) {
    List<BadRequest.FieldViolation> violations =
        invalid.violations().stream().map(ErrorStatuses::violation).toList();
    return Refusal.of(Code.INVALID_ARGUMENT, "INVALID_FIELD", summary(violations))
        .badRequest(violations);
  }

  private static BadRequest.FieldViolation violation(FieldViolation violation) {
    return BadRequest.FieldViolation.newBuilder()
        .setField(FieldPaths.shown(violation.path(), LONGEST_PATH))
        .setDescription(violation.description())
        .setReason("INVALID_FIELD")
        .build();
  }

  private static String summary(List<BadRequest.FieldViolation> violations) {
    if (violations.isEmpty()) {
      return "a field cannot be accepted";
    }
    BadRequest.FieldViolation first = violations.getFirst();
    String others = violations.size() == 1 ? "" : ", and " + (violations.size() - 1) + " more";
    return first.getField() + ": " + first.getDescription() + others;
  }

  private static Refusal noValidRecipients(DomainError.NoValidRecipients none, EntryPaths paths) {
    if (none.total() == 0) {
      return nobody(paths);
    }
    List<BadRequest.FieldViolation> violations =
        none.entries().stream().map(entry -> violation(entry, paths)).toList();
    String message =
        none.total() == 1
            ? "the only recipient cannot be sent to"
            : "none of the " + none.total() + " recipients can be sent to";
    return Refusal.of(Code.INVALID_ARGUMENT, NO_VALID_RECIPIENTS, message)
        .fact("total", none.total())
        .badRequest(violations);
  }

  private static Refusal nobody(EntryPaths paths) {
    return Refusal.of(
            Code.INVALID_ARGUMENT, NO_VALID_RECIPIENTS, paths.whole() + ": " + paths.nobody())
        .fact("total", 0)
        .badRequest(
            List.of(
                BadRequest.FieldViolation.newBuilder()
                    .setField(paths.whole())
                    .setDescription(paths.nobody())
                    .setReason(NO_VALID_RECIPIENTS)
                    .build()));
  }

  private static BadRequest.FieldViolation violation(RejectedEntry entry, EntryPaths paths) {
    return BadRequest.FieldViolation.newBuilder()
        .setField(paths.path(entry.position(), entry.reason()))
        .setDescription(
            "\"" + FieldPaths.shown(entry.address(), LONGEST_PATH) + "\": " + entry.description())
        .setReason(entry.reason().name())
        .build();
  }

  private static Refusal illegalTransition(DomainError.IllegalTransition illegal) {
    String status = illegal.status().name();
    return Refusal.of(
            Code.FAILED_PRECONDITION,
            "ILLEGAL_TRANSITION",
            String.format(Locale.ROOT, "cannot %s a bulk job that is %s", illegal.action(), status))
        .fact("status", status)
        .fact("action", illegal.action())
        .precondition("BULK_JOB_STATUS", illegal.bulkId(), "the job is " + status);
  }

  private static Refusal quotaExceeded(DomainError.QuotaExceeded exceeded) {
    Duration retryAfter = exceeded.retryAfter();
    return retryAfter == null
        ? Refusal.of(
                Code.RESOURCE_EXHAUSTED,
                QUOTA_EXCEEDED,
                "this alone is more than " + exceeded.quota() + "; no waiting helps")
            .quota(exceeded.quota(), "would not do, were none of it used")
        : Refusal.of(Code.RESOURCE_EXHAUSTED, QUOTA_EXCEEDED, "used up: " + exceeded.quota())
            .quota(exceeded.quota(), "used up for now")
            .retryAfter(retryAfter);
  }
}

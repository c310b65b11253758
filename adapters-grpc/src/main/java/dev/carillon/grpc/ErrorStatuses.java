package dev.carillon.grpc;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The one place where a refusal becomes a gRPC status. Every status carries an ErrorInfo of the
/// domain `carillon.dev`; reasons are part of the API.
final class ErrorStatuses {
  private static final String INVALID_REQUEST = "INVALID_REQUEST";
  private static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";
  private static final int LONGEST_PATH = 200;
  private static final Duration NEXT_NODE = Duration.ofSeconds(1);

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
      case DomainError.WebhooksNotConfigured _ ->
          Refusal.of(
                  Code.FAILED_PRECONDITION,
                  "WEBHOOKS_NOT_CONFIGURED",
                  "this service has no key to keep signing secrets with (webhooks.key-secret)")
              .precondition("WEBHOOKS_NOT_CONFIGURED", "webhooks", "have no key");
      case DomainError.StoreUnavailable unavailable ->
          Refusal.of(
                  Code.UNAVAILABLE,
                  "STORE_UNAVAILABLE",
                  "the store is not available for now; try again")
              .retryAfter(unavailable.retryAfter());
    };
  }

  /// Anything unforeseen. The text of what happened stays in the log, under the same id.
  static StatusRuntimeException incident(String id) {
    return Refusal.of(Code.INTERNAL, "INTERNAL", "something went wrong here; incident " + id)
        .fact("incident_id", id)
        .toException();
  }

  /// The bytes are no message of this method.
  static StatusRuntimeException undecodable() {
    return Refusal.of(
            Code.INVALID_ARGUMENT,
            INVALID_REQUEST,
            "the request is not a well-formed protobuf message of this method, with all strings in"
                + " UTF-8")
        .toException();
  }

  /// The message, unpacked, is larger than the limit.
  static StatusRuntimeException tooLarge(int mostBytes) {
    return Refusal.of(
            Code.RESOURCE_EXHAUSTED,
            "REQUEST_TOO_LARGE",
            "the request is larger than " + mostBytes + " bytes")
        .fact("max_bytes", mostBytes)
        .toException();
  }

  /// The caller did not finish sending the request.
  static StatusRuntimeException tooSlow(Duration most) {
    return Refusal.of(
            Code.DEADLINE_EXCEEDED,
            "REQUEST_TOO_SLOW",
            "the request did not arrive within " + most.toMillis() + " ms")
        .toException();
  }

  /// The caller did not take what it had asked for.
  static StatusRuntimeException unread(Duration most) {
    return Refusal.of(
            Code.DEADLINE_EXCEEDED,
            "READER_TOO_SLOW",
            "nothing was read for " + most.toSeconds() + " s; go on after what you have")
        .toException();
  }

  /// The caller's deadline is over: nothing was done.
  static StatusRuntimeException deadlineExceeded() {
    return Refusal.of(
            Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline was over; nothing was done")
        .toException();
  }

  /// The caller does not want the answer any more: nothing was done.
  static StatusRuntimeException cancelled() {
    return Refusal.of(Code.CANCELLED, "CANCELLED", "cancelled by the caller; nothing was done")
        .toException();
  }

  /// This node is stopping; another one goes on.
  static StatusRuntimeException draining() {
    return Refusal.of(
            Code.UNAVAILABLE, "SERVICE_DRAINING", "this node is stopping; go on at another one")
        .retryAfter(NEXT_NODE)
        .toException();
  }

  /// There is no such method.
  static StatusRuntimeException unknownMethod(String method) {
    return Refusal.of(Code.UNIMPLEMENTED, "METHOD_NOT_FOUND", "there is no such method")
        .fact("method", FieldPaths.shown(method, LONGEST_PATH))
        .toException();
  }

  /// A status that a library made, with an ErrorInfo if it has none.
  static StatusRuntimeException complete(Status status, Metadata trailers) {
    StatusRuntimeException given = status.asRuntimeException(trailers);
    com.google.rpc.Status known = StatusProto.fromThrowable(given);
    if (known != null && known.getDetailsCount() > 0) {
      return given;
    }
    StatusRuntimeException completed =
        Refusal.of(
                Code.forNumber(status.getCode().value()),
                status.getCode() == Status.Code.INTERNAL
                    ? INVALID_REQUEST
                    : status.getCode().name(),
                Objects.requireNonNullElse(status.getDescription(), "refused"))
            .toException();
    Metadata made = completed.getTrailers();
    if (made != null) {
      trailers.merge(made);
    }
    return completed.getStatus().withCause(status.getCause()).asRuntimeException(trailers);
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
    List<BadRequest.FieldViolation> violations =
        none.entries().stream().map(entry -> violation(entry, paths)).toList();
    return Refusal.of(
            Code.INVALID_ARGUMENT,
            "NO_VALID_RECIPIENTS",
            "none of the " + none.total() + " recipients can be sent to")
        .fact("total", none.total())
        .badRequest(violations);
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

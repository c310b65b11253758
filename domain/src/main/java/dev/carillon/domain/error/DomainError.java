package dev.carillon.domain.error;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every refusal that a caller can meet, as a value. One file of the gRPC adapter turns them into
/// statuses.
public sealed interface DomainError {
  /// Fields of the request cannot be accepted.
  record InvalidFields(List<FieldViolation> violations) implements DomainError {
    /// Throws it if there are violations.
    public static void refuse(List<FieldViolation> violations) {
      if (!violations.isEmpty()) {
        throw new DomainException(new InvalidFields(List.copyOf(violations)));
      }
    }
  }

  /// No entry of the submission can be sent.
  ///
  /// @param entries the first of them, capped
  /// @param total how many there are
  record NoValidRecipients(List<RejectedEntry> entries, int total) implements DomainError {}

  /// No such thing, or it is another tenant's.
  record NotFound(Kind kind, String id) implements DomainError {
    /// What was looked for.
    public enum Kind {
      BULK_JOB,
      MESSAGE,
      CARRIER,
      RECIPIENT,
      RECIPIENT_GROUP,
      RECIPIENT_IMPORT,
      TEMPLATE,
      ERASURE,
      BUSINESS,
      API_KEY,
      PRICE,
      WEBHOOK_ENDPOINT,
      EVENT
    }
  }

  /// The template exists, and has no such version.
  ///
  /// @param latest the highest that it has
  record NoTemplateVersion(String template, int version, int latest) implements DomainError {}

  /// Something that must be unique is taken within the scope.
  ///
  /// @param field of the request, such as `recipient.reference`
  /// @param id of what has it; empty when that is not known
  record AlreadyExists(NotFound.Kind kind, String field, String id) implements DomainError {}

  /// It was changed since the caller looked at it.
  record EtagMismatch(NotFound.Kind kind, String id) implements DomainError {}

  /// A stream of numbered chunks leaves some out; nothing of this chunk was stored.
  ///
  /// @param expected the number that comes next
  record SequenceGap(String id, long expected, long given) implements DomainError {}

  /// The members of the group are told by their tags: none can be put in or taken out.
  record GroupIsDynamic(String group) implements DomainError {}

  /// The group has the members that were put into it, and no tag expression.
  record GroupIsStatic(String group) implements DomainError {}

  /// A chunk of a stream came before under this number, with other content; nothing was stored.
  record SequenceReused(String id, long sequence) implements DomainError {}

  /// The uploaded job would have more than it may have; nothing of this chunk was stored.
  ///
  /// @param what is counted, such as `recipients`
  record TooManyRecipients(String bulkId, String what, long most) implements DomainError {}

  /// The request id came before with other content.
  record RequestIdReused(String requestId) implements DomainError {}

  /// The job cannot make this move from where it stands.
  record IllegalTransition(String bulkId, JobStatus status, String action) implements DomainError {}

  /// The job has no message that such a retry could take.
  record NothingToRetry(String bulkId) implements DomainError {}

  /// The store has another history by now than the one that was to be confirmed.
  record HistoryChanged() implements DomainError {}

  /// No carrier is configured for the channel.
  record NoCarrier(String channel) implements DomainError {}

  /// The credential is missing, wrong, expired or revoked.
  record InvalidCredentials(String description) implements DomainError {}

  /// The credential's role may not do this.
  ///
  /// @param role the user-types that may, such as `adminuser, operator`
  record RoleRequired(String role) implements DomainError {}

  /// The role may do this, but the scopes of the API key leave it out.
  ///
  /// @param scope that it lacks
  record ScopeRequired(Permission scope) implements DomainError {}

  /// The business is stopped: nothing new of it is accepted until it is resumed.
  record BusinessStopped(BusinessId business) implements DomainError {}

  /// The balance does not pay for the job.
  record NoCredit(Money required, Money balance, long valid, long invalid) implements DomainError {}

  /// The job costs more than its owner wants to pay.
  record MaxCostExceeded(Money required, Money most) implements DomainError {}

  /// The business, or everybody, would have more prices than may hold or be about to.
  record TooManyPrices(int most) implements DomainError {}

  /// There is not so much money to be taken back.
  record BalanceTooLow(Money required, Money balance) implements DomainError {}

  /// The reference of a top-up came before with another amount.
  record TopUpReused(String reference) implements DomainError {}

  /// Money of another currency than that of the business.
  ///
  /// @param field of the request
  record CurrencyMismatch(String field, String currency) implements DomainError {}

  /// The money could not be booked; nothing was accepted.
  record BillingFailed(Duration retryAfter) implements DomainError {}

  /// A quota is used up, or would not do for this alone.
  ///
  /// @param quota with its number, such as `100 jobs per hour`
  /// @param retryAfter the same can be had then, if nobody takes it meanwhile; null when it exceeds
  ///   the whole of the quota
  record QuotaExceeded(String quota, @Nullable Duration retryAfter) implements DomainError {}

  /// Events that come after the cursor are not kept any more.
  ///
  /// @param oldest where to go on: all that is kept comes after it
  record CursorTooOld(Scope scope, long oldest) implements DomainError {}

  /// The cursor is of a history of the store that it has lost.
  ///
  /// @param newest where to go on: all that is to come comes after it
  record CursorTooNew(Scope scope, long newest) implements DomainError {}

  /// There are as many webhook endpoints as there may be.
  record TooManyEndpoints(int most) implements DomainError {}

  /// Nothing is sent to the webhook endpoint: it is switched off.
  record EndpointDisabled(String endpoint) implements DomainError {}

  /// The service has no key by which it could keep the secrets of webhooks.
  record WebhooksNotConfigured() implements DomainError {}

  /// The store cannot be reached, or is too busy; nothing was changed.
  record StoreUnavailable(Duration retryAfter) implements DomainError {}
}

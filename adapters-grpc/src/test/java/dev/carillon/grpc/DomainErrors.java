package dev.carillon.grpc;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.JobStatus;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Every refusal and what a caller has to be told of it: the table of the API.
final class DomainErrors {
  private static final Duration LATER = Duration.ofMillis(2_500);

  private DomainErrors() {}

  static Stream<Row> rows() {
    return Stream.of(
        row(
            new DomainError.InvalidFields(List.of(new FieldViolation("count", "must equal 3"))),
            Status.Code.INVALID_ARGUMENT,
            "INVALID_FIELD",
            List.of(BadRequest.class)),
        row(
            new DomainError.NoValidRecipients(
                List.of(new RejectedEntry(17, "12", Reason.INVALID_DESTINATION)), 20),
            Status.Code.INVALID_ARGUMENT,
            "NO_VALID_RECIPIENTS",
            List.of(BadRequest.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, "x"),
            Status.Code.NOT_FOUND,
            "BULK_JOB_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.MESSAGE, "x-1"),
            Status.Code.NOT_FOUND,
            "MESSAGE_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.RequestIdReused("order-1"),
            Status.Code.ALREADY_EXISTS,
            "REQUEST_ID_REUSED",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.IllegalTransition("x", JobStatus.COMPLETED, "cancel"),
            Status.Code.FAILED_PRECONDITION,
            "ILLEGAL_TRANSITION",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.NothingToRetry("x"),
            Status.Code.FAILED_PRECONDITION,
            "NOTHING_TO_RETRY",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.HistoryChanged(),
            Status.Code.FAILED_PRECONDITION,
            "HISTORY_CHANGED",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.CARRIER, "smpp-1"),
            Status.Code.NOT_FOUND,
            "CARRIER_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT, "x"),
            Status.Code.NOT_FOUND,
            "RECIPIENT_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_GROUP, "x"),
            Status.Code.NOT_FOUND,
            "RECIPIENT_GROUP_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_IMPORT, "x"),
            Status.Code.NOT_FOUND,
            "RECIPIENT_IMPORT_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.TEMPLATE, "x"),
            Status.Code.NOT_FOUND,
            "TEMPLATE_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NoTemplateVersion("x", 7, 3),
            Status.Code.NOT_FOUND,
            "TEMPLATE_VERSION_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.TooManyEndpoints(20),
            Status.Code.RESOURCE_EXHAUSTED,
            "QUOTA_EXCEEDED",
            List.of(QuotaFailure.class)),
        row(
            new DomainError.EndpointDisabled("x"),
            Status.Code.FAILED_PRECONDITION,
            "WEBHOOK_ENDPOINT_DISABLED",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.ERASURE, "x"),
            Status.Code.NOT_FOUND,
            "ERASURE_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.AlreadyExists(
                DomainError.NotFound.Kind.RECIPIENT, "recipient.reference", "42"),
            Status.Code.ALREADY_EXISTS,
            "RECIPIENT_EXISTS",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.EtagMismatch(DomainError.NotFound.Kind.RECIPIENT, "42"),
            Status.Code.ABORTED,
            "ETAG_MISMATCH",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.GroupIsDynamic("x"),
            Status.Code.FAILED_PRECONDITION,
            "GROUP_IS_DYNAMIC",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.GroupIsStatic("x"),
            Status.Code.FAILED_PRECONDITION,
            "GROUP_IS_STATIC",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.SequenceGap("import-1", 3, 5),
            Status.Code.FAILED_PRECONDITION,
            "SEQUENCE_GAP",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.SequenceReused("x", 3),
            Status.Code.ALREADY_EXISTS,
            "SEQUENCE_REUSED",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.TooManyRecipients("x", "recipients", 10_000_000),
            Status.Code.FAILED_PRECONDITION,
            "TOO_MANY_RECIPIENTS",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.NoCarrier("SMS"),
            Status.Code.FAILED_PRECONDITION,
            "NO_CARRIER",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.InvalidCredentials("the API key is not valid"),
            Status.Code.UNAUTHENTICATED,
            "INVALID_CREDENTIALS",
            List.of()),
        row(
            new DomainError.RoleRequired("adminuser"),
            Status.Code.PERMISSION_DENIED,
            "ROLE_REQUIRED",
            List.of()),
        row(
            new DomainError.ScopeRequired(Permission.SEND),
            Status.Code.PERMISSION_DENIED,
            "SCOPE_REQUIRED",
            List.of()),
        row(
            new DomainError.BusinessStopped(new BusinessId(7)),
            Status.Code.FAILED_PRECONDITION,
            "BUSINESS_STOPPED",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.BUSINESS, "7"),
            Status.Code.NOT_FOUND,
            "BUSINESS_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.API_KEY, "key_1"),
            Status.Code.NOT_FOUND,
            "API_KEY_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NoCredit(new Money("USD", 2_500_000), new Money("USD", 10_000), 98, 2),
            Status.Code.FAILED_PRECONDITION,
            "NO_CREDIT",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.TooManyPrices(5_000),
            Status.Code.RESOURCE_EXHAUSTED,
            "TOO_MANY_PRICES",
            List.of(QuotaFailure.class)),
        row(
            new DomainError.BalanceTooLow(new Money("USD", 5), new Money("USD", 4)),
            Status.Code.FAILED_PRECONDITION,
            "NO_CREDIT",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.MaxCostExceeded(new Money("USD", 5), new Money("USD", 4)),
            Status.Code.FAILED_PRECONDITION,
            "MAX_COST_EXCEEDED",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.TopUpReused("payment 1"),
            Status.Code.ALREADY_EXISTS,
            "TOP_UP_REUSED",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.CurrencyMismatch("amount", "USD"),
            Status.Code.INVALID_ARGUMENT,
            "CURRENCY_MISMATCH",
            List.of(BadRequest.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.PRICE, "7"),
            Status.Code.NOT_FOUND,
            "PRICE_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.BillingFailed(LATER),
            Status.Code.ABORTED,
            "BILLING_FAILED",
            List.of(RetryInfo.class)),
        row(
            new DomainError.QuotaExceeded("100 jobs per hour", LATER),
            Status.Code.RESOURCE_EXHAUSTED,
            "QUOTA_EXCEEDED",
            List.of(QuotaFailure.class, RetryInfo.class)),
        row(
            new DomainError.QuotaExceeded("1000 recipients per day", null),
            Status.Code.RESOURCE_EXHAUSTED,
            "QUOTA_EXCEEDED",
            List.of(QuotaFailure.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.WEBHOOK_ENDPOINT, "x"),
            Status.Code.NOT_FOUND,
            "WEBHOOK_ENDPOINT_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.NotFound(DomainError.NotFound.Kind.EVENT, "x"),
            Status.Code.NOT_FOUND,
            "EVENT_NOT_FOUND",
            List.of(ResourceInfo.class)),
        row(
            new DomainError.CursorTooOld(new Scope(new BusinessId(7), Environment.LIVE), 42),
            Status.Code.OUT_OF_RANGE,
            "CURSOR_TOO_OLD",
            List.of()),
        row(
            new DomainError.CursorTooNew(new Scope(new BusinessId(7), Environment.LIVE), 42),
            Status.Code.OUT_OF_RANGE,
            "CURSOR_TOO_NEW",
            List.of()),
        row(
            new DomainError.WebhooksNotConfigured(),
            Status.Code.FAILED_PRECONDITION,
            "WEBHOOKS_NOT_CONFIGURED",
            List.of(PreconditionFailure.class)),
        row(
            new DomainError.StoreUnavailable(LATER),
            Status.Code.UNAVAILABLE,
            "STORE_UNAVAILABLE",
            List.of(RetryInfo.class)));
  }

  private static Row row(
      DomainError error, Status.Code code, String reason, List<Class<? extends Message>> details) {
    return new Row(error, code, reason, details);
  }

  /// @param details what stands beside the ErrorInfo
  record Row(
      DomainError error, Status.Code code, String reason, List<Class<? extends Message>> details) {
    @Override
    public String toString() {
      return reason;
    }
  }
}

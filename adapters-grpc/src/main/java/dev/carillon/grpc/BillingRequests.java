package dev.carillon.grpc;

import com.google.protobuf.Timestamp;
import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.billing.GetBulkJobInvoice;
import dev.carillon.application.billing.ListLedgerEntries;
import dev.carillon.application.billing.TopUp;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.GetBulkJobInvoiceRequest;
import dev.carillon.v1.ListLedgerEntriesRequest;
import dev.carillon.v1.TopUpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Maps requests about balances, entries and invoices to the queries and commands of their use
/// cases. Throws InvalidFields with all that cannot be mapped.
final class BillingRequests {
  private BillingRequests() {}

  static GetBalance.Query balance(Caller caller) {
    return new GetBalance.Query(caller);
  }

  static TopUp.Command topUp(Caller caller, TopUpRequest request) {
    Violations violations = new Violations();
    Money amount = MoneyProtos.money("amount", request.getAmount(), violations);
    violations.refuse();
    long business = request.getBusinessId();
    return new TopUp.Command(
        caller,
        request.getRequestId(),
        business == 0 ? caller.scope().business() : new BusinessId(business),
        request.getReference(),
        Objects.requireNonNull(amount));
  }

  static ListLedgerEntries.Query entries(Caller caller, ListLedgerEntriesRequest request) {
    Violations violations = new Violations();
    List<EntryKind> kinds = kinds(request, violations);
    Instant from = time("start_time", request.hasStartTime(), request.getStartTime(), violations);
    Instant to = time("end_time", request.hasEndTime(), request.getEndTime(), violations);
    violations.refuse();
    return new ListLedgerEntries.Query(
        caller,
        request.getBulkId(),
        kinds,
        from,
        to,
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens pageTokens(Caller caller, ListLedgerEntriesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static GetBulkJobInvoice.Query invoice(Caller caller, GetBulkJobInvoiceRequest request) {
    return new GetBulkJobInvoice.Query(caller, request.getBulkId());
  }

  /// Null when it is not given, or cannot be mapped.
  static @Nullable Instant time(
      String field, boolean given, Timestamp time, Violations violations) {
    Optional<Instant> instant = given ? ProtoValues.instant(time) : Optional.empty();
    if (given && instant.isEmpty()) {
      violations.add(field, "must be a time from the year 1 to the year 9999");
    }
    return instant.orElse(null);
  }

  private static List<EntryKind> kinds(ListLedgerEntriesRequest request, Violations violations) {
    List<EntryKind> kinds = new ArrayList<>();
    for (int i = 0; i < request.getKindsCount(); i++) {
      String path = "kinds[" + i + "]";
      ProtoEnums.ENTRY_KIND
          .toDomain(request.getKinds(i))
          .ifPresentOrElse(kinds::add, () -> violations.add(path, "must be a kind that exists"));
    }
    return kinds;
  }
}

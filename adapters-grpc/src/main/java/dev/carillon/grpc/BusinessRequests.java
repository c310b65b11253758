package dev.carillon.grpc;

import dev.carillon.application.admin.CreateBusiness;
import dev.carillon.application.admin.GetBusiness;
import dev.carillon.application.admin.ListBusinesses;
import dev.carillon.application.admin.ResumeBusiness;
import dev.carillon.application.admin.StopBusiness;
import dev.carillon.application.admin.UpdateBusiness;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.v1.Business;
import dev.carillon.v1.CreateBusinessRequest;
import dev.carillon.v1.GetBusinessRequest;
import dev.carillon.v1.ListBusinessesRequest;
import dev.carillon.v1.ResumeBusinessRequest;
import dev.carillon.v1.StopBusinessRequest;
import dev.carillon.v1.UpdateBusinessRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Maps requests about businesses to the queries and commands of their use cases. Throws
/// InvalidFields with all that cannot be mapped.
final class BusinessRequests {
  private static final String NAME = "name";
  private static final String REGION = "default_region";
  private static final String REFUNDS = "refunds_undelivered";
  private static final String CHARGES = "charges_unknown";
  private static final String LOW_BALANCE = "low_balance";
  private static final String JOBS = "jobs_per_hour";
  private static final String REQUESTS = "requests_per_second";
  private static final String RECIPIENTS = "recipients_per_day";
  private static final FieldMasks MASKS =
      new FieldMasks(NAME, REGION, REFUNDS, CHARGES, LOW_BALANCE, JOBS, REQUESTS, RECIPIENTS);

  private BusinessRequests() {}

  static CreateBusiness.Command create(Caller caller, CreateBusinessRequest request) {
    Violations violations = new Violations();
    Business business = request.getBusiness();
    Terms terms =
        new Terms(
            new RefundPlan(business.getRefundsUndelivered(), !business.getChargesUnknown()),
            new QuotaLimits(jobs(business), requests(business), recipients(business)),
            lowBalance(business, violations));
    violations.refuse();
    return new CreateBusiness.Command(
        caller,
        request.getRequestId(),
        new Profile(business.getName(), business.getDefaultRegion()),
        business.getCurrency(),
        terms);
  }

  static GetBusiness.Query get(Caller caller, GetBusinessRequest request) {
    return new GetBusiness.Query(caller, new BusinessId(request.getBusinessId()));
  }

  static ListBusinesses.Query list(Caller caller, ListBusinessesRequest request) {
    return new ListBusinesses.Query(
        caller,
        request.getStoppedOnly(),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            tokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens tokens(Caller caller, ListBusinessesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static UpdateBusiness.Command update(Caller caller, UpdateBusinessRequest request) {
    Violations violations = new Violations();
    Business business = request.getBusiness();
    if (business.getBusinessId() == 0) {
      violations.add("business.business_id", "must be given");
    }
    Set<String> fields =
        request.hasUpdateMask()
            ? MASKS.named(request.getUpdateMask(), violations)
            : MASKS.populated(business);
    UpdateBusiness.Changes changes = changes(business, new Named(fields), violations);
    violations.refuse();
    return new UpdateBusiness.Command(
        caller,
        request.getRequestId(),
        new BusinessId(business.getBusinessId()),
        Etags.version(business.getEtag()),
        changes);
  }

  static StopBusiness.Command stop(Caller caller, StopBusinessRequest request) {
    return new StopBusiness.Command(
        caller,
        request.getRequestId(),
        new BusinessId(request.getBusinessId()),
        request.getReason());
  }

  static ResumeBusiness.Command resume(Caller caller, ResumeBusinessRequest request) {
    return new ResumeBusiness.Command(
        caller, request.getRequestId(), new BusinessId(request.getBusinessId()));
  }

  private static UpdateBusiness.Changes changes(
      Business business, Named named, Violations violations) {
    return new UpdateBusiness.Changes(
        named.value(NAME, business::getName),
        named.value(REGION, business::getDefaultRegion),
        named.value(REFUNDS, business::getRefundsUndelivered),
        named.value(CHARGES, business::getChargesUnknown),
        named.value(LOW_BALANCE, () -> Optional.ofNullable(lowBalance(business, violations))),
        named.value(JOBS, () -> jobs(business)),
        named.value(REQUESTS, () -> requests(business)),
        named.value(RECIPIENTS, () -> recipients(business)));
  }

  private static @Nullable Money lowBalance(Business business, Violations violations) {
    return business.hasLowBalance()
        ? MoneyProtos.money("business.low_balance", business.getLowBalance(), violations)
        : null;
  }

  private static OptionalInt jobs(Business business) {
    return business.hasJobsPerHour()
        ? OptionalInt.of(business.getJobsPerHour())
        : OptionalInt.empty();
  }

  private static OptionalInt requests(Business business) {
    return business.hasRequestsPerSecond()
        ? OptionalInt.of(business.getRequestsPerSecond())
        : OptionalInt.empty();
  }

  private static OptionalLong recipients(Business business) {
    return business.hasRecipientsPerDay()
        ? OptionalLong.of(business.getRecipientsPerDay())
        : OptionalLong.empty();
  }

  /// The fields that an update means.
  private record Named(Set<String> fields) {
    <T> Optional<T> value(String field, Supplier<T> read) {
      return fields.contains(field) ? Optional.of(read.get()) : Optional.empty();
    }
  }
}

package dev.carillon.persistence;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Stop;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.persistence.schema.tables.records.BusinessRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Between rows of businesses and the domain.
final class BusinessRows {
  private BusinessRows() {}

  static Business business(BusinessRecord row) {
    return new Business(
        new BusinessId(row.getId()),
        new Profile(row.getName(), row.getDefaultRegion()),
        row.getCurrency(),
        terms(row),
        stop(row),
        row.getCreatedAt(),
        Objects.requireNonNullElse(row.getUpdatedAt(), row.getCreatedAt()),
        row.getVersion());
  }

  static BusinessRecord toRow(Profile profile, Terms terms) {
    RefundPlan refunds = terms.refunds();
    QuotaLimits quotas = terms.quotas();
    Money lowBalance = terms.lowBalance();
    return new BusinessRecord()
        .setName(profile.name())
        .setDefaultRegion(profile.defaultRegion())
        .setRefundsUndelivered(refunds.undelivered())
        .setChargesUnknown(!refunds.lostAnswer())
        .setLowBalance(lowBalance == null ? null : lowBalance.micros())
        .setJobsPerHour(boxed(quotas.jobsPerHour()))
        .setRequestsPerSecond(boxed(quotas.requestsPerSecond()))
        .setRecipientsPerDay(boxed(quotas.recipientsPerDay()));
  }

  static BusinessRecord changes(Business business) {
    Stop stop = business.stop();
    return toRow(business.profile(), business.terms())
        .setStoppedAt(stop == null ? null : stop.at())
        .setStoppedBy(stop == null ? null : stop.by())
        .setStopReason(stop == null ? null : stop.reason())
        .setUpdatedAt(business.updatedAt())
        .setVersion(business.version());
  }

  private static Terms terms(BusinessRecord row) {
    Long lowBalance = row.getLowBalance();
    return new Terms(
        new RefundPlan(row.getRefundsUndelivered(), !row.getChargesUnknown()),
        new QuotaLimits(
            optional(row.getJobsPerHour()),
            optional(row.getRequestsPerSecond()),
            row.getRecipientsPerDay() == null
                ? OptionalLong.empty()
                : OptionalLong.of(row.getRecipientsPerDay())),
        lowBalance == null ? null : new Money(row.getCurrency(), lowBalance));
  }

  private static @Nullable Stop stop(BusinessRecord row) {
    Instant at = row.getStoppedAt();
    return at == null ? null : new Stop(at, row.getStoppedBy(), row.getStopReason());
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static @Nullable Integer boxed(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}

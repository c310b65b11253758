package dev.carillon.application.admin;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the fields of a business may be, and what they are in words.
final class BusinessFields {
  private static final int LONGEST_NAME = 200;
  private static final Set<String> REGIONS =
      Set.copyOf(Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2));
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private BusinessFields() {}

  /// Throws InvalidFields with everything that a business cannot have.
  static void check(Profile profile, String currency, Terms terms) {
    List<FieldViolation> violations = new ArrayList<>();
    String name = profile.name();
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      violations.add(
          new FieldViolation(
              "business.name", "must have 1 to " + LONGEST_NAME + " characters and no NUL"));
    }
    if (!REGIONS.contains(profile.defaultRegion())) {
      violations.add(
          new FieldViolation("business.default_region", "must be a region of ISO 3166-1 alpha-2"));
    }
    if (!CURRENCIES.contains(currency)) {
      violations.add(
          new FieldViolation("business.currency", "must be a currency code of ISO 4217"));
    }
    check(currency, terms.lowBalance(), violations);
    InvalidFields.refuse(violations);
  }

  private static void check(
      String currency, @Nullable Money lowBalance, List<FieldViolation> violations) {
    if (lowBalance != null
        && (!lowBalance.currency().equals(currency) || lowBalance.micros() < 0)) {
      violations.add(
          new FieldViolation(
              "business.low_balance", "must be 0 or more in the currency of the business"));
    }
  }

  /// All that is kept in an audit trail; what has no value is left out.
  static Map<String, String> of(Business business) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("name", business.profile().name());
    fields.put("default_region", business.profile().defaultRegion());
    fields.put("currency", business.currency());
    fields.put("refunds_undelivered", Boolean.toString(business.terms().refunds().undelivered()));
    fields.put("charges_unknown", Boolean.toString(!business.terms().refunds().lostAnswer()));
    Money lowBalance = business.terms().lowBalance();
    if (lowBalance != null) {
      fields.put("low_balance", lowBalance.units().toPlainString());
    }
    QuotaLimits quotas = business.terms().quotas();
    quotas.jobsPerHour().ifPresent(most -> fields.put("jobs_per_hour", "" + most));
    quotas.requestsPerSecond().ifPresent(most -> fields.put("requests_per_second", "" + most));
    quotas.recipientsPerDay().ifPresent(most -> fields.put("recipients_per_day", "" + most));
    Business.Stop stop = business.stop();
    if (stop != null) {
      fields.put("stop_reason", stop.reason());
    }
    return fields;
  }
}

package dev.carillon.application.billing;

import dev.carillon.domain.billing.Price;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.BusinessId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A price as the audit trail tells it.
final class PriceFields {
  private PriceFields() {}

  static Subject subject(Price price) {
    return new Subject(price.business(), price.environment(), "price " + price.id().value());
  }

  /// Its fields; those without a value are left out.
  static Map<String, String> of(Price price) {
    Map<String, String> fields = new TreeMap<>();
    BusinessId business = price.business();
    fields.put("business", business == null ? "everybody" : Long.toString(business.value()));
    fields.put("channel", price.channel().name());
    fields.put("country", price.destination().country());
    fields.put("prefix", price.destination().prefix());
    fields.put("unit", price.unit().name());
    fields.put("amount", price.amount().units().toPlainString() + " " + price.amount().currency());
    fields.put("valid_from", price.validFrom().toString());
    Instant end = price.validTo();
    fields.put("valid_to", end == null ? "" : end.toString());
    fields.values().removeIf(String::isEmpty);
    return fields;
  }
}

package dev.carillon.application.admin;

import dev.carillon.application.port.Businesses;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.util.Map;
import java.util.Objects;

/// Finds businesses for the use cases of operators.
final class KnownBusinesses {
  private static final String ID = "business_id";

  private KnownBusinesses() {}

  static Business find(Businesses businesses, BusinessId id) {
    return businesses.find(id).orElseThrow(() -> notFound(id));
  }

  static Business lock(Businesses businesses, BusinessId id) {
    return businesses.lock(id).orElseThrow(() -> notFound(id));
  }

  static Map<String, String> remember(BusinessId id) {
    return Map.of(ID, Long.toString(id.value()));
  }

  static Business remembered(Businesses businesses, Map<String, String> answer) {
    return find(businesses, new BusinessId(Long.parseLong(Objects.requireNonNull(answer.get(ID)))));
  }

  static DomainException notFound(BusinessId id) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.BUSINESS, Long.toString(id.value())));
  }
}

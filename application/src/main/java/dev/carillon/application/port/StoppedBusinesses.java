package dev.carillon.application.port;

import dev.carillon.domain.business.BusinessId;

/// Knows which businesses are stopped, without asking the store each time.
public interface StoppedBusinesses {
  /// Whether the business was stopped, as it was half a second ago at most.
  boolean contains(BusinessId business);
}

package dev.carillon.application.port;

import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Keeps the tenants.
public interface Businesses {
  /// Stores a new business under the next number, inside the caller's transaction, and returns it.
  Business insert(Profile profile, String currency, Terms terms, Instant now);

  /// The business as it is; empty when there is none of this number.
  Optional<Business> find(BusinessId id);

  /// The same, its row locked until the transaction ends.
  Optional<Business> lock(BusinessId id);

  /// Writes back all of a locked business but its number, its currency and its birth.
  void update(Business business);

  /// A page of all businesses, by number.
  ///
  /// @param stoppedOnly leaves out those that work
  Page<Business> list(boolean stoppedOnly, PageRequest page);

  /// All that are stopped.
  Set<BusinessId> stopped();
}

package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Lists the API keys of a business, the newest first, without the keys themselves.
public final class ListApiKeys {
  private final ApiKeys keys;
  private final Businesses businesses;
  private final InstantSource clock;

  public ListApiKeys(ApiKeys keys, Businesses businesses, InstantSource clock) {
    this.keys = keys;
    this.businesses = businesses;
    this.clock = clock;
  }

  /// A page of them: for an administrator those of its own environment. Throws a DomainException:
  /// RoleRequired, ScopeRequired, NotFound (another's business, too).
  public Page<ApiKey> handle(Query query) {
    Caller caller = query.caller();
    Rights.require(caller, Permission.KEYS);
    KeyHolders.requireOwn(caller, query.business());
    KnownBusinesses.find(businesses, query.business());
    Environment environment =
        KeyHolders.isOperator(caller) ? query.environment() : caller.scope().environment();
    return keys.list(
        query.business(), environment, query.livingOnly() ? clock.instant() : null, query.page());
  }

  /// Which ones.
  ///
  /// @param environment null for all that the caller may see
  /// @param livingOnly leaves out those that are revoked or expired
  public record Query(
      Caller caller,
      BusinessId business,
      @Nullable Environment environment,
      boolean livingOnly,
      PageRequest page) {}
}

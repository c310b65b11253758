package dev.carillon.persistence;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.StoppedBusinesses;
import dev.carillon.domain.business.BusinessId;
import java.time.Duration;
import java.util.Set;

/// The stopped businesses as they were half a second ago at most: few, so that one look-up serves
/// all calls of that time.
public final class RecentStops implements StoppedBusinesses {
  private static final Duration REMEMBERED = Duration.ofMillis(500);
  private static final Boolean ALL = true;

  private final LoadingCache<Boolean, Set<BusinessId>> known;

  public RecentStops(Businesses businesses) {
    this.known =
        Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .build(_ -> StoreFailures.translated(businesses::stopped));
  }

  @Override
  public boolean contains(BusinessId business) {
    return known.get(ALL).contains(business);
  }
}

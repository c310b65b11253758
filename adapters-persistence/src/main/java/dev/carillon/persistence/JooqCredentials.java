package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.API_KEY;
import static dev.carillon.persistence.schema.Tables.BUSINESS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.Record;

/// API keys in PostgreSQL, found by their hash. What was found is remembered for a few seconds, so
/// that a thousand calls cost one look-up; a revoked key works no longer than that, an expired one
/// not at all.
final class JooqCredentials implements Credentials {
  private static final Duration REMEMBERED = Duration.ofSeconds(4);
  private static final int MOST_REMEMBERED = 10_000;

  private final Session session;
  private final InstantSource clock;
  private final Cache<ByteBuffer, Optional<Holder>> holders = remembering();
  private final Cache<BusinessId, Optional<Home>> homes = remembering();

  JooqCredentials(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> byApiKey(String apiKey) {
    byte[] hash = ApiKeyHash.of(apiKey);
    return holders
        .get(ByteBuffer.wrap(hash), _ -> lookUp(hash))
        .filter(holder -> holder.key().livesAt(clock.instant()))
        .map(Holder::caller);
  }

  @Override
  public Optional<Home> home(BusinessId business) {
    return homes.get(business, this::lookUp);
  }

  private Optional<Holder> lookUp(byte[] hash) {
    return StoreFailures.translated(() ->
        session
            .sql()
            .select(API_KEY.fields())
            .select(BUSINESS.DEFAULT_REGION, BUSINESS.CURRENCY)
            .from(API_KEY)
            .join(BUSINESS)
            .on(BUSINESS.ID.eq(API_KEY.BUSINESS_ID))
            .where(API_KEY.KEY_HASH.eq(hash))
            .fetchOptional(JooqCredentials::holder));
  }

  private Optional<Home> lookUp(BusinessId business) {
    return StoreFailures.translated(() ->
        session
            .sql()
            .select(BUSINESS.DEFAULT_REGION, BUSINESS.CURRENCY)
            .from(BUSINESS)
            .where(BUSINESS.ID.eq(business.value()))
            .fetchOptional(row -> new Home(row.value1(), row.value2())));
  }

  private static Holder holder(Record row) {
    ApiKey key = ApiKeyRows.key(row.into(API_KEY));
    Caller caller =
        new Caller(
            key.scope(),
            key.role(),
            key.id().value(),
            row.get(BUSINESS.DEFAULT_REGION),
            row.get(BUSINESS.CURRENCY),
            key.permissions());
    return new Holder(key, caller);
  }

  private static <K, V> Cache<K, V> remembering() {
    return Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();
  }

  /// A key and what its holder is.
  private record Holder(ApiKey key, Caller caller) {}
}

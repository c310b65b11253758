package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.API_KEY;
import static dev.carillon.persistence.schema.Tables.BUSINESS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jooq.Record;

/// API keys in PostgreSQL, found by their hash. What was found is remembered for a few seconds, so
/// that a thousand calls cost one look-up; a revoked key works no longer than that.
final class JooqCredentials implements Credentials {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int MOST_REMEMBERED = 10_000;

  private final Session session;
  private final Cache<ByteBuffer, Optional<Caller>> known =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  JooqCredentials(Session session) {
    this.session = session;
  }

  @Override
  public Optional<Caller> byApiKey(String apiKey) {
    byte[] hash = ApiKeyHash.of(withoutAlias(apiKey));
    return known.get(ByteBuffer.wrap(hash), _ -> lookUp(hash));
  }

  private Optional<Caller> lookUp(byte[] hash) {
    return StoreFailures.translated(() ->
        session
            .sql()
            .select(
                API_KEY.ID,
                API_KEY.BUSINESS_ID,
                API_KEY.ENVIRONMENT,
                API_KEY.ROLE,
                BUSINESS.DEFAULT_REGION,
                BUSINESS.CURRENCY)
            .from(API_KEY)
            .join(BUSINESS)
            .on(BUSINESS.ID.eq(API_KEY.BUSINESS_ID))
            .where(API_KEY.KEY_HASH.eq(hash))
            .and(API_KEY.REVOKED_AT.isNull())
            .fetchOptional(JooqCredentials::caller));
  }

  /// `pk_` is an alias of `sk_` (S0).
  private static String withoutAlias(String apiKey) {
    return apiKey.startsWith("pk_") ? "sk_" + apiKey.substring(3) : apiKey;
  }

  private static Caller caller(Record row) {
    return new Caller(
        new Scope(
            new BusinessId(row.get(API_KEY.BUSINESS_ID)),
            Environment.valueOf(row.get(API_KEY.ENVIRONMENT))),
        Role.valueOf(row.get(API_KEY.ROLE)),
        row.get(API_KEY.ID),
        row.get(BUSINESS.DEFAULT_REGION),
        row.get(BUSINESS.CURRENCY));
  }
}

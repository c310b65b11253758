package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.API_KEY;
import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static org.jooq.impl.DSL.any;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyForm;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Record;

/// API keys in PostgreSQL, found by their hash. What was found is remembered for a few seconds, so
/// that a thousand calls cost one look-up; a revoked key works no longer than that, an expired one
/// not at all. Keys that were never found here are looked up apart from the others, all with one
/// connection, so that whoever tries many keeps nobody else from being known.
final class JooqCredentials implements Credentials {
  private static final Duration REMEMBERED = Duration.ofSeconds(4);
  private static final Duration FAMILIAR = Duration.ofHours(1);

  /// Nobody has a key before it is stored, and none is ever taken out, so that a hash that nobody
  /// has now is nobody's later.
  private static final Duration UNKNOWN = Duration.ofSeconds(30);

  private static final int MOST_REMEMBERED = 10_000;

  private final Session session;
  private final InstantSource clock;
  private final Duration remembered;
  private final Cache<ByteBuffer, Found> familiar =
      Caffeine.newBuilder().expireAfterAccess(FAMILIAR).maximumSize(MOST_REMEMBERED).build();
  private final Cache<ByteBuffer, Boolean> unknown =
      Caffeine.newBuilder().expireAfterWrite(UNKNOWN).maximumSize(MOST_REMEMBERED).build();
  private final Cache<BusinessId, Optional<Home>> homes =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();
  private final GroupedLookUps<ByteBuffer, Found> again =
      new GroupedLookUps<>("known API keys at a time", this::lookUp);
  private final GroupedLookUps<ByteBuffer, Found> first =
      new GroupedLookUps<>("unknown API keys at a time", this::lookUp);

  JooqCredentials(Session session, InstantSource clock) {
    this(session, clock, REMEMBERED);
  }

  JooqCredentials(Session session, InstantSource clock, Duration remembered) {
    this.session = session;
    this.clock = clock;
    this.remembered = remembered;
  }

  @Override
  public Optional<Caller> byApiKey(String apiKey) {
    return ApiKeyForm.fits(apiKey)
        ? found(ByteBuffer.wrap(ApiKeyHash.of(apiKey)))
            .map(Found::holder)
            .filter(holder -> holder.key().livesAt(clock.instant()))
            .map(Holder::caller)
        : Optional.empty();
  }

  @Override
  public Optional<Home> home(BusinessId business) {
    return homes.get(business, this::lookUp);
  }

  private Optional<Found> found(ByteBuffer hash) {
    Found before = familiar.getIfPresent(hash);
    if (before == null) {
      return unknown.getIfPresent(hash) == null ? ask(first, hash) : Optional.empty();
    }
    return System.nanoTime() - before.asked() < remembered.toNanos()
        ? Optional.of(before)
        : ask(again, hash);
  }

  private Optional<Found> ask(GroupedLookUps<ByteBuffer, Found> lookUps, ByteBuffer hash) {
    Optional<Found> found = lookUps.find(hash);
    found.ifPresentOrElse(
        holder -> familiar.put(hash, holder), () -> unknown.put(hash, Boolean.TRUE));
    return found;
  }

  private Map<ByteBuffer, Found> lookUp(Set<ByteBuffer> hashes) {
    long asked = System.nanoTime();
    Map<ByteBuffer, Found> found = new HashMap<>();
    byte[][] wanted = hashes.stream().map(ByteBuffer::array).toArray(byte[][]::new);
    StoreFailures.translated(() ->
            session
                .sql()
                .select(API_KEY.fields())
                .select(BUSINESS.DEFAULT_REGION, BUSINESS.CURRENCY)
                .from(API_KEY)
                .join(BUSINESS)
                .on(BUSINESS.ID.eq(API_KEY.BUSINESS_ID))
                .where(API_KEY.KEY_HASH.eq(any(wanted)))
                .fetch())
        .forEach(row ->
            found.put(ByteBuffer.wrap(row.get(API_KEY.KEY_HASH)), new Found(holder(row), asked)));
    return found;
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

  /// A key and what its holder is.
  private record Holder(ApiKey key, Caller caller) {}

  /// A holder, as it was when the store was asked.
  private record Found(Holder holder, long asked) {}
}

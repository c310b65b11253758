package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.API_KEY;
import static dev.carillon.persistence.schema.Tables.BUSINESS;

import dev.carillon.application.port.IdSource;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// Makes a house that has just been built usable: a business to try it with, and test keys for it.
public final class DemoBusiness {
  private static final int KEY_BYTES = 32;

  private final Session session;
  private final JooqTransactions transactions;
  private final IdSource ids;
  private final SecureRandom random = new SecureRandom();

  DemoBusiness(JooqTransactions transactions, IdSource ids) {
    this.session = transactions;
    this.transactions = transactions;
    this.ids = ids;
  }

  /// Creates the demo business with a test key when there is no business yet, and returns the key,
  /// which is never shown again; empty when there is a business.
  public Optional<String> createIfEmpty(Instant now) {
    return transactions.inTransaction(() -> {
      // Of several nodes that start at once over a new database, one makes it.
      session.sql().execute("SELECT pg_advisory_xact_lock(hashtext('carillon.demo'))");
      return session.sql().fetchExists(BUSINESS)
          ? Optional.empty()
          : Optional.of(newKey(newBusiness(now), Role.USER, now));
    });
  }

  /// Makes a new test key of the oldest business and returns it; empty when there is none.
  ///
  /// @param role what it may do
  public Optional<String> newTestKey(Role role, Instant now) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .select(BUSINESS.ID)
            .from(BUSINESS)
            .orderBy(BUSINESS.ID)
            .limit(1)
            .fetchOptional(BUSINESS.ID)
            .map(business -> newKey(business, role, now)));
  }

  private long newBusiness(Instant now) {
    return session
        .sql()
        .insertInto(BUSINESS)
        .set(BUSINESS.NAME, "Demo")
        .set(BUSINESS.DEFAULT_REGION, "ZW")
        .set(BUSINESS.CURRENCY, "USD")
        .set(BUSINESS.CREATED_AT, now)
        .returningResult(BUSINESS.ID)
        .fetchSingle(row -> row.value1());
  }

  private String newKey(long business, Role role, Instant now) {
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    String key = "sk_test_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    session
        .sql()
        .insertInto(API_KEY)
        .set(API_KEY.ID, "key_" + ids.nextBulkId(now))
        .set(API_KEY.BUSINESS_ID, business)
        .set(API_KEY.ENVIRONMENT, Environment.TEST.name())
        .set(API_KEY.ROLE, role.name())
        .set(API_KEY.NAME, role == Role.OPERATOR ? "operator" : "demo")
        .set(API_KEY.KEY_HASH, ApiKeyHash.of(key))
        .set(API_KEY.CREATED_AT, now)
        .execute();
    return key;
  }
}

package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;

import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Secrets;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyForm;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.time.Instant;
import java.util.Optional;

/// Makes a house that has just been built usable: a business to try it with, and test keys for it.
public final class DemoBusiness {
  private static final Profile PROFILE = new Profile("Demo", "ZW");
  private static final String CURRENCY = "USD";
  private static final Terms TERMS = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null);

  private final Session session;
  private final JooqTransactions transactions;
  private final Businesses businesses;
  private final ApiKeys keys;
  private final IdSource ids;
  private final Secrets secrets = new RandomSecrets();

  DemoBusiness(JooqTransactions transactions, IdSource ids) {
    this.session = transactions;
    this.transactions = transactions;
    this.businesses = new JooqBusinesses(transactions);
    this.keys = new JooqApiKeys(transactions);
    this.ids = ids;
  }

  /// Creates the demo business with a test key when there is no business yet, and returns the key,
  /// which is never shown again; empty when there is a business.
  public Optional<String> createIfEmpty(Instant now) {
    return transactions.inTransaction(() -> {
      // Of several nodes that start at once over a new database, one makes it.
      session.sql().execute("SELECT pg_advisory_xact_lock(hashtext('carillon.demo'))");
      return oldest().isPresent()
          ? Optional.empty()
          : Optional.of(
              newKey(businesses.insert(PROFILE, CURRENCY, TERMS, now).id(), Role.USER, now));
    });
  }

  /// Makes a new test key of the oldest business and returns it; empty when there is none.
  ///
  /// @param role what it may do
  public Optional<String> newTestKey(Role role, Instant now) {
    return transactions.inTransaction(() -> oldest().map(business -> newKey(business, role, now)));
  }

  private Optional<BusinessId> oldest() {
    return session
        .sql()
        .select(BUSINESS.ID)
        .from(BUSINESS)
        .orderBy(BUSINESS.ID)
        .limit(1)
        .fetchOptional(row -> new BusinessId(row.value1()));
  }

  private String newKey(BusinessId business, Role role, Instant now) {
    String secret = ApiKeyForm.of(Environment.TEST, secrets.next());
    keys.insert(
        new ApiKey(
            new ApiKeyId(ApiKeyId.PREFIX + ids.nextId(now)),
            new Scope(business, Environment.TEST),
            role,
            role == Role.OPERATOR ? "operator" : "demo",
            null,
            now,
            "",
            ApiKey.Life.until(null)),
        secret);
    return secret;
  }
}

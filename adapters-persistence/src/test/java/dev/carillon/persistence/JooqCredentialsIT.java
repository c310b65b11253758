package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.port.ApiKeys;
import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JooqCredentialsIT {
  private static final Instant NOW = JobFixture.CREATED;

  private final MutableClock clock = new MutableClock(NOW);
  private final TestDatabase database = TestDatabase.create(clock);
  private final Stores stores = database.database().forHouse();
  private final ApiKeys keys = stores.apiKeys();
  private final Credentials credentials = stores.credentials();
  private final Scope scope = database.newScope();
  private final String secret = "sk_live_" + new RandomSecrets().next();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void knowsTheHolderOfALivingKey() {
    ApiKey key = insert(null, null);

    assertThat(credentials.byApiKey(secret))
        .contains(new Caller(scope, Role.ADMIN_USER, key.id().value(), "ZW", "USD"));
    assertThat(credentials.byApiKey("pk_" + secret.substring(3)))
        .isEqualTo(credentials.byApiKey(secret));
  }

  @Test
  void knowsNobodyByAKeyThatIsNearlyRight() {
    insert(null, null);

    assertThat(credentials.byApiKey(secret.substring(0, secret.length() - 1))).isEmpty();
    assertThat(credentials.byApiKey(secret + "A")).isEmpty();
    assertThat(credentials.byApiKey(secret.replace("sk_", "sk-"))).isEmpty();
    assertThat(credentials.byApiKey("pk_" + secret)).isEmpty();
  }

  @Test
  void keepsNothingThatAKeyCouldBeReadFrom() {
    insert(null, null);

    assertThat(
            database
                .sql()
                .fetchSingle(
                    "SELECT count(*) FROM api_key k WHERE to_jsonb(k)::text LIKE ?",
                    "%" + secret.substring(8) + "%")
                .get(0, Long.class))
        .isZero();
  }

  @Test
  void narrowsTheHolderByTheScopesOfTheKey() {
    insert(Set.of(Permission.READ, Permission.KEYS), null);

    assertThat(credentials.byApiKey(secret).map(Caller::permissions))
        .contains(Set.of(Permission.READ, Permission.KEYS));
  }

  @Test
  void refusesAnExpiredKeyAtOnce() {
    insert(null, NOW.plusSeconds(10));
    assertThat(credentials.byApiKey(secret)).isPresent();

    clock.advance(Duration.ofSeconds(10));
    assertThat(credentials.byApiKey(secret)).isEmpty();
  }

  @Test
  void refusesARevokedKeyAsSoonAsItLooksAgain() {
    ApiKey key = insert(null, null);
    stores.transactions().run(() -> keys.revoke(key.id(), "anna", NOW));

    assertThat(credentials.byApiKey(secret)).isEmpty();
  }

  @Test
  void looksUpAKeyThatNobodyHasOnceInAWhile() {
    assertThat(credentials.byApiKey(secret)).isEmpty();

    insert(null, null);

    assertThat(credentials.byApiKey(secret)).as("remembered").isEmpty();
    try (TestDatabase other = database.sameAgain()) {
      assertThat(other.database().forHouse().credentials().byApiKey(secret))
          .as("at a node that was not asked before")
          .isPresent();
    }
  }

  @Test
  void looksNothingUpThatCannotBeAKey() {
    database.sql().execute("ALTER TABLE api_key RENAME TO elsewhere");

    assertThat(credentials.byApiKey("sk_live_" + "x".repeat(42))).isEmpty();
    assertThat(credentials.byApiKey("x".repeat(51))).isEmpty();
  }

  @Test
  void tellsWhatTokensOfABusinessNeed() {
    assertThat(credentials.home(scope.business())).contains(new Credentials.Home("ZW", "USD"));
    assertThat(credentials.home(new BusinessId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void makesAHouseUsableOnce() {
    try (TestDatabase fresh = TestDatabase.create(clock)) {
      DemoBusiness demo = fresh.database().demo();
      Optional<String> key = demo.createIfEmpty(NOW);

      assertThat(demo.createIfEmpty(NOW)).isEmpty();
      Caller caller =
          fresh.database().forHouse().credentials().byApiKey(key.orElseThrow()).orElseThrow();
      assertThat(caller.role()).isEqualTo(Role.USER);
      assertThat(key.orElseThrow()).startsWith("sk_test_").hasSize(8 + 43);
      String operators = demo.newTestKey(Role.OPERATOR, NOW).orElseThrow();
      assertThat(fresh.database().forHouse().credentials().byApiKey(operators).map(Caller::role))
          .contains(Role.OPERATOR);
    }
  }

  private ApiKey insert(@Nullable Set<Permission> scopes, @Nullable Instant expiresAt) {
    ApiKey key =
        new ApiKey(
            new ApiKeyId(ApiKeyId.PREFIX + UUID.randomUUID()),
            scope,
            Role.ADMIN_USER,
            "till",
            scopes,
            NOW,
            "anna",
            ApiKey.Life.until(expiresAt));
    stores.transactions().run(() -> keys.insert(key, secret));
    return key;
  }
}

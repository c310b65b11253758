package dev.carillon.application.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Idempotency idempotency = new Idempotency(store, store.keys(), clock);
  private final Trail trail = new Trail(store.trail(), clock);
  private final AtomicInteger secrets = new AtomicInteger();
  private final CreateApiKey create =
      new CreateApiKey(
          idempotency,
          store.apiKeys(),
          store.businesses(),
          trail,
          new CreateApiKey.Making(
              () -> "secret-" + secrets.incrementAndGet(), new SequentialIds(), clock));
  private final ListApiKeys list = new ListApiKeys(store.apiKeys(), store.businesses(), clock);
  private final RevokeApiKey revoke = new RevokeApiKey(idempotency, store.apiKeys(), trail, clock);
  private final ListAuditEntries audit = new ListAuditEntries(store.trail());
  private final Scope own = new Scope(business(), Environment.LIVE);
  private final Scope ownTest = new Scope(own.business(), Environment.TEST);
  private final Scope others = new Scope(business(), Environment.LIVE);
  private final Caller admin = caller(own, Role.ADMIN_USER);
  private final Caller operator = caller(others, Role.OPERATOR);

  @ParameterizedTest
  @EnumSource(names = {"USER", "AGENT"})
  void usersAndAgentsHandleNoKeys(Role role) {
    Caller caller = caller(own, role);
    ApiKeyId key = create(admin, own, Role.USER).key().id();
    List<ThrowingCallable> calls =
        List.of(
            () -> create(caller, own, Role.USER),
            () -> list.handle(query(caller, own.business(), null)),
            () -> revoke.handle(new RevokeApiKey.Command(caller, "", key)),
            () -> audit.handle(new ListAuditEntries.Query(caller, null, PageRequest.first())));

    assertThat(calls)
        .allSatisfy(
            call -> assertRefused(call, new DomainError.RoleRequired("adminuser, operator")));
  }

  @Test
  void scopesCanLeaveKeysOut() {
    Caller narrow = new Caller(own, Role.ADMIN_USER, "key_n", "ZW", "USD", Set.of(Permission.READ));

    assertRefused(
        () -> create(narrow, own, Role.USER), new DomainError.ScopeRequired(Permission.KEYS));
  }

  @Test
  void showsTheSecretOnce() {
    CreateApiKey.Command command =
        command(admin, "r-1", own, Role.USER, Set.of(Permission.SEND), NOW.plusSeconds(60));
    CreateApiKey.Result first = create.handle(command);
    CreateApiKey.Result again = create.handle(command);

    assertThat(first.secret()).isEqualTo("sk_live_secret-1");
    assertThat(again.secret()).isNull();
    assertThat(again.key()).isEqualTo(first.key());
    assertThat(first.key().createdBy()).isEqualTo(admin.principal());
    assertThat(store.apiKeys().bySecret("sk_live_secret-1")).contains(first.key());
    assertThat(first.toString()).doesNotContain("secret-1");
    assertThat(create(operator, ownTest, Role.USER).secret()).startsWith("sk_test_");
  }

  @Test
  void keepsNoSecretInTheTrail() {
    create(admin, own, Role.USER);

    AuditEntry entry = store.trail().list(null, null, PageRequest.first()).items().getFirst();
    assertThat(entry.toString()).doesNotContain("secret-1");
    assertThat(entry.after()).containsEntry("user_type", "user").containsEntry("name", "till");
  }

  @Test
  void tellsTheSecretOfTheTransactionThatWasStored() {
    store.collideNext();

    CreateApiKey.Result made = create(admin, own, Role.USER);

    assertThat(store.apiKeys().bySecret(String.valueOf(made.secret()))).contains(made.key());
  }

  @Test
  void administratorsMakeKeysForTheirOwnBusinessAndEnvironmentOnly() {
    assertThat(create(admin, own, Role.ADMIN_USER).key().scope()).isEqualTo(own);
    assertRefused(
        () -> create(admin, others, Role.USER),
        new DomainError.NotFound(Kind.BUSINESS, "" + others.business().value()));
    assertInvalid(() -> create(admin, ownTest, Role.USER), "environment");
    assertInvalid(() -> create(admin, own, Role.OPERATOR), "user_type");
  }

  @Test
  void operatorsMakeKeysForEveryBusiness() {
    assertThat(create(operator, own, Role.ADMIN_USER).key().scope()).isEqualTo(own);
    assertThat(create(operator, ownTest, Role.OPERATOR).key().role()).isEqualTo(Role.OPERATOR);
    assertRefused(
        () -> create(operator, new Scope(new BusinessId(99), Environment.LIVE), Role.USER),
        new DomainError.NotFound(Kind.BUSINESS, "99"));
  }

  @Test
  void nobodyMakesAKeyThatMayDoMoreThanHimself() {
    Caller keysOnly =
        new Caller(own, Role.ADMIN_USER, "key_n", "ZW", "USD", Set.of(Permission.KEYS));

    assertInvalid(() -> create(keysOnly, own, Role.ADMIN_USER), "scopes");
    assertInvalid(() -> create(keysOnly, own, Role.USER), "scopes");
    assertThat(
            create
                .handle(command(keysOnly, "", own, Role.ADMIN_USER, Set.of(Permission.KEYS), null))
                .key()
                .permissions())
        .containsExactly(Permission.KEYS);
  }

  @Test
  void refusesScopesBeyondTheRole() {
    assertInvalid(
        () -> create.handle(command(admin, "", own, Role.USER, Set.of(Permission.KEYS), null)),
        "scopes");
    assertInvalid(
        () -> create.handle(command(admin, "", own, Role.USER, Set.of(), null)), "scopes");
  }

  @Test
  void refusesAnEndInThePastAndANameThatIsNone() {
    assertInvalid(
        () -> create.handle(command(admin, "", own, Role.USER, null, NOW)), "expire_time");
    assertInvalid(
        () -> create.handle(new CreateApiKey.Command(admin, "", own, Role.USER, " ", null, null)),
        "name");
  }

  @Test
  void revokesForGood() {
    ApiKey key = create(admin, own, Role.USER).key();
    clock.advance(Duration.ofSeconds(1));
    RevokeApiKey.Command command = new RevokeApiKey.Command(admin, "r-1", key.id());
    ApiKey revoked = revoke.handle(command);
    clock.advance(Duration.ofSeconds(1));

    assertThat(revoked.life().revokedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(revoked.life().revokedBy()).isEqualTo(admin.principal());
    assertThat(revoke.handle(command)).isEqualTo(revoked);
    assertThat(revoke.handle(new RevokeApiKey.Command(operator, "", key.id()))).isEqualTo(revoked);
    assertThat(store.trail().list(null, null, PageRequest.first()).items())
        .extracting(AuditEntry::action)
        .containsExactly("RevokeApiKey", "CreateApiKey");
  }

  @Test
  void anothersKeyAnswersAsOneThatThereIsNot() {
    ApiKeyId ofOthers = create(operator, others, Role.USER).key().id();
    ApiKeyId ofTest = create(operator, ownTest, Role.USER).key().id();

    for (ApiKeyId key : List.of(ofOthers, ofTest, new ApiKeyId("key_none"))) {
      assertRefused(
          () -> revoke.handle(new RevokeApiKey.Command(admin, "", key)),
          new DomainError.NotFound(Kind.API_KEY, key.value()));
    }
    assertThat(revoke.handle(new RevokeApiKey.Command(operator, "", ofTest)).life().revokedAt())
        .isNotNull();
  }

  @Test
  void listsWhatTheCallerMaySee() {
    ApiKey live = create(operator, own, Role.USER).key();
    ApiKey test = create(operator, ownTest, Role.USER).key();
    ApiKey theirs = create(operator, others, Role.USER).key();

    assertThat(list.handle(query(admin, own.business(), null)).items()).containsExactly(live);
    assertThat(list.handle(query(admin, own.business(), Environment.TEST)).items())
        .containsExactly(live);
    assertThat(list.handle(query(operator, own.business(), null)).items())
        .containsExactly(test, live);
    assertThat(list.handle(query(operator, own.business(), Environment.TEST)).items())
        .containsExactly(test);
    assertThat(list.handle(query(operator, others.business(), null)).items())
        .containsExactly(theirs);
    for (BusinessId none : List.of(others.business(), new BusinessId(99))) {
      assertRefused(
          () -> list.handle(query(admin, none, null)),
          new DomainError.NotFound(Kind.BUSINESS, "" + none.value()));
    }
  }

  @Test
  void showsAdministratorsTheTrailOfTheirOwn() {
    create(operator, own, Role.USER);
    create(operator, ownTest, Role.USER);
    create(operator, others, Role.USER);

    assertThat(entries(admin, null))
        .extracting(entry -> entry.subject().business())
        .containsExactly(own.business());
    assertThat(entries(admin, own.business())).hasSize(1);
    assertThat(entries(operator, null)).hasSize(3);
    assertThat(entries(operator, own.business())).hasSize(2);
    assertRefused(
        () -> entries(admin, others.business()),
        new DomainError.NotFound(Kind.BUSINESS, "" + others.business().value()));
  }

  private List<AuditEntry> entries(Caller caller, @Nullable BusinessId business) {
    return audit.handle(new ListAuditEntries.Query(caller, business, PageRequest.first())).items();
  }

  private CreateApiKey.Result create(Caller caller, Scope scope, Role role) {
    return create.handle(command(caller, "", scope, role, null, null));
  }

  private BusinessId business() {
    Terms terms = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null);
    return store
        .inTransaction(
            () -> store.businesses().insert(new Profile("Acme", "ZW"), "USD", terms, NOW))
        .id();
  }

  private static CreateApiKey.Command command(
      Caller caller,
      String requestId,
      Scope scope,
      Role role,
      @Nullable Set<Permission> scopes,
      @Nullable Instant expiresAt) {
    return new CreateApiKey.Command(caller, requestId, scope, role, "till", scopes, expiresAt);
  }

  private static ListApiKeys.Query query(
      Caller caller, BusinessId business, @Nullable Environment environment) {
    return new ListApiKeys.Query(caller, business, environment, false, PageRequest.first());
  }

  private static Caller caller(Scope scope, Role role) {
    return new Caller(scope, role, "key_" + role.userType(), "ZW", "USD");
  }

  private static void assertInvalid(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(((DomainError.InvalidFields) refused.error()).violations())
                    .extracting(FieldViolation::path)
                    .containsExactly(field));
  }

  private static void assertRefused(ThrowingCallable call, DomainError error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}

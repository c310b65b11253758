package dev.carillon.application.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.credentials.Authenticate.Query;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryCredentials;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.Tokens;
import dev.carillon.application.port.Tokens.Claims;
import dev.carillon.application.port.Tokens.Verdict;
import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String KEY = "sk_live_0123456789";
  private static final String TOKEN = "header.claims.signature";
  private static final Scope SCOPE = new Scope(new BusinessId(7), Environment.LIVE);
  private static final Caller HOLDER = new Caller(SCOPE, Role.ADMIN_USER, "key_7", "ZW", "USD");

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final InMemoryCredentials credentials = new InMemoryCredentials();
  private final KeyUses uses = new KeyUses(store.apiKeys());

  AuthenticateTest() {
    credentials.grant(KEY, HOLDER);
  }

  @Test
  void knowsTheHolderOfAKeyWhereverItStands() {
    assertThat(authenticate(new Query(KEY, false, null, null))).isEqualTo(HOLDER);
    assertThat(authenticate(new Query(KEY, true, null, null))).isEqualTo(HOLDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk_live_x", "sk_live_01234567890"})
  void refusesWhatIsNoKey(String key) {
    assertRefused(new Query(key, false, null, null), "the API key is not valid");
  }

  @Test
  void saysTheSameOfAKeyThatIsTooLong() {
    assertRefused(new Query("x".repeat(513), false, null, null), "the API key is not valid");
  }

  @Test
  void takesClaimsThatAgreeWithTheKey() {
    assertThat(authenticate(new Query(KEY, false, " AdminUser ", " 7 "))).isEqualTo(HOLDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "agent", "operator", "root", ""})
  void refusesAnotherUserTypeThanTheKeys(String userType) {
    assertRefused(new Query(KEY, false, userType, null), "user-type is not that of the credential");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "seven", "", "07", "7 8"})
  void refusesAnotherBusinessThanTheKeys(String business) {
    assertRefused(
        new Query(KEY, false, null, business),
        "x-business-id is not the business of the credential");
  }

  @Test
  void makesACallerOfAToken() {
    Caller caller = of(claims("anna", List.of(7L), "agent", "test"), null);

    assertThat(caller)
        .isEqualTo(
            new Caller(
                new Scope(new BusinessId(7), Environment.TEST), Role.AGENT, "anna", "ZW", "USD"));
  }

  @Test
  void takesATokenWithoutUserTypeForAUser() {
    assertThat(of(claims("anna", List.of(7L), null, "LIVE"), null).role()).isEqualTo(Role.USER);
  }

  @Test
  void takesATokenOnlyAsBearer() {
    Authenticate authenticate = with(verdict(claims("anna", List.of(7L), null, "LIVE")), null);

    assertThatThrownBy(() -> authenticate.handle(new Query(TOKEN, false, null, null)))
        .isInstanceOf(DomainException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "OPERATOR", "root", ""})
  void makesNoOperatorOfAnyToken(String userType) {
    assertRefused(
        claims("anna", List.of(7L), userType, "LIVE"),
        null,
        "the token's user type is none of user, adminuser, agent");
  }

  @Test
  void headersCannotMakeMoreOfAToken() {
    Authenticate authenticate = with(verdict(claims("anna", List.of(7L), null, "LIVE")), null);

    assertRefused(
        () -> authenticate.handle(new Query(TOKEN, true, "adminuser", null)),
        "user-type is not that of the credential");
  }

  @Test
  void takesTheUsualEnvironmentOnlyWhereOneIsConfigured() {
    Verdict genuine = verdict(claims("anna", List.of(7L), null, null));

    assertThat(
            with(genuine, Environment.TEST)
                .handle(new Query(TOKEN, true, null, null))
                .scope()
                .environment())
        .isEqualTo(Environment.TEST);
    assertRefused(
        claims("anna", List.of(7L), null, null),
        null,
        "the token's environment must be TEST or LIVE");
    assertRefused(
        claims("anna", List.of(7L), null, "PROD"),
        null,
        "the token's environment must be TEST or LIVE");
  }

  @Test
  void choosesOneOfTheTokensBusinesses() {
    credentials.grant("sk_live_8", new Caller(scope(8), Role.USER, "key_8", "MR", "MRU"));
    Claims several = claims("anna", List.of(7L, 8L), null, "LIVE");

    assertThat(of(several, "8").scope()).isEqualTo(scope(8));
    assertThat(of(several, "8").currency()).isEqualTo("MRU");
    assertThat(of(several, "7").scope()).isEqualTo(SCOPE);
    assertRefused(several, null, "x-business-id must choose one of the token's businesses");
  }

  @Test
  void saysTheSameOfABusinessThatIsNotTheTokensAndOfOneThatThereIsNot() {
    String reason = "the token is not good for this business";

    assertRefused(claims("anna", List.of(7L), null, "LIVE"), "8", reason);
    assertRefused(claims("anna", List.of(9L), null, "LIVE"), "9", reason);
    assertRefused(claims("anna", List.of(9L), null, "LIVE"), null, reason);
    assertRefused(claims("anna", List.of(), null, "LIVE"), null, reason);
    assertRefused(claims("anna", List.of(0L), null, "LIVE"), "0", reason);
    assertRefused(claims("anna", List.of(-7L), null, "LIVE"), null, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "key_7", "a\nb"})
  void refusesSubjectsThatCouldPassForSomethingElse(String subject) {
    assertThatThrownBy(() -> of(claims(subject, List.of(7L), null, "LIVE"), null))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> of(claims("x".repeat(129), List.of(7L), null, "LIVE"), null))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void tellsWhyATokenIsNotGenuine() {
    Authenticate authenticate = with(new Verdict.Refused("the token is expired"), null);

    assertRefused(
        () -> authenticate.handle(new Query(TOKEN, true, null, null)), "the token is expired");
  }

  @Test
  void notesWhenAKeyWasUsedLast() {
    ApiKey key =
        new ApiKey(
            new ApiKeyId("key_7"),
            SCOPE,
            Role.ADMIN_USER,
            "till",
            null,
            NOW,
            "anna",
            ApiKey.Life.until(null));
    store.run(() -> store.apiKeys().insert(key, KEY));
    authenticate(new Query(KEY, false, null, null));
    clock.advance(Duration.ofSeconds(5));
    authenticate(new Query(KEY, false, null, null));
    assertThat(lastUse()).isNull();

    store.setUnavailable(true);
    assertThatThrownBy(uses::store).isInstanceOf(DomainException.class);
    store.setUnavailable(false);
    uses.store();

    assertThat(lastUse()).isEqualTo(NOW.plusSeconds(5));
    long commits = store.commits();
    uses.store();
    assertThat(store.commits()).isEqualTo(commits);
  }

  @Test
  void showsNothingOfACredential() {
    assertThat(new Query(KEY, false, null, null).toString()).doesNotContain("0123");
  }

  private @Nullable Instant lastUse() {
    return store.apiKeys().find(new ApiKeyId("key_7")).orElseThrow().life().lastUsedAt();
  }

  private Caller authenticate(Query query) {
    return with(new Verdict.Refused("no tokens here"), null).handle(query);
  }

  private Caller of(Claims claims, @Nullable String business) {
    return with(verdict(claims), null).handle(new Query(TOKEN, true, null, business));
  }

  private Authenticate with(Verdict verdict, @Nullable Environment usual) {
    Tokens tokens = _ -> verdict;
    return new Authenticate(credentials, new TokenCallers(tokens, credentials, usual), uses, clock);
  }

  private void assertRefused(Query query, String reason) {
    assertRefused(() -> authenticate(query), reason);
  }

  private void assertRefused(Claims claims, @Nullable String business, String reason) {
    assertRefused(() -> of(claims, business), reason);
  }

  private static void assertRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(refused.error()).isEqualTo(new DomainError.InvalidCredentials(reason)));
  }

  private static Verdict verdict(Claims claims) {
    return new Verdict.Genuine(claims);
  }

  private static Claims claims(
      String subject,
      List<Long> businesses,
      @Nullable String userType,
      @Nullable String environment) {
    return new Claims(subject, businesses, userType, environment);
  }

  private static Scope scope(long business) {
    return new Scope(new BusinessId(business), Environment.LIVE);
  }
}

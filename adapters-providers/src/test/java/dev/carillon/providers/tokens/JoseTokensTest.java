package dev.carillon.providers.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.port.Tokens;
import dev.carillon.application.port.Tokens.Verdict;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.providers.tokens.TokenConfig.ClaimNames;
import dev.carillon.providers.tokens.TokenConfig.Fetching;
import dev.carillon.providers.tokens.TokenConfig.KeyPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoseTokensTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String RS256 = AlgorithmIdentifiers.RSA_USING_SHA256;
  private static final String ES256 = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
  private static final Verdict NOT_VALID = new Verdict.Refused("the token is not valid");
  private static final TokenConfig CONFIG =
      new TokenConfig(
          new KeyPlace.Local(Path.of("unused")),
          Issuer.NAME,
          Issuer.AUDIENCE,
          Duration.ofSeconds(30),
          Duration.ZERO,
          Fetching.DEFAULTS,
          ClaimNames.DEFAULTS);

  private final MutableClock clock = new MutableClock(NOW);
  private final Issuer issuer = new Issuer(NOW);
  private final AtomicInteger readings = new AtomicInteger();
  private boolean away;
  private final PublicJsonWebKey key = issuer.newKey(ES256, "one");
  private final Tokens tokens = tokens(CONFIG);

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
  void takesTokensThatAreSignedWithAKeyOfTheSet(String algorithm) {
    PublicJsonWebKey other = issuer.newKey(algorithm, "two");

    assertThat(tokens.verify(issuer.token(other, algorithm, _ -> {})))
        .isEqualTo(new Verdict.Genuine(new Tokens.Claims("anna", List.of(7L), "agent", "TEST")));
  }

  @Test
  void readsTheKeysOnceForManyTokens() {
    for (int i = 0; i < 5; i++) {
      assertGenuine(token(_ -> {}));
    }

    assertThat(readings).hasValue(1);
  }

  @Test
  void refusesAForgedSignature() {
    PublicJsonWebKey forger = new Issuer(NOW).newKey(ES256, "one");
    String forged = new Issuer(NOW).token(forger, ES256, _ -> {});

    assertThat(tokens.verify(forged)).isEqualTo(NOT_VALID);
  }

  @Test
  void refusesChangedClaims() {
    String[] genuine = token(_ -> {}).split("\\.", -1);
    String[] wanted = token(claims -> claims.setClaim("business_id", 8)).split("\\.", -1);

    assertThat(tokens.verify(genuine[0] + "." + wanted[1] + "." + genuine[2])).isEqualTo(NOT_VALID);
  }

  @Test
  void refusesATokenThatNobodySigned() {
    String unsigned = Issuer.signed(issuer.claims(), AlgorithmIdentifiers.NONE, "one", null);

    assertThat(tokens.verify(unsigned)).isEqualTo(NOT_VALID);
    assertThat(tokens.verify(header("{\"alg\":\"None\",\"kid\":\"one\"}"))).isEqualTo(NOT_VALID);
    assertThat(readings).hasValue(0);
  }

  @Test
  void refusesAPublicKeyThatIsUsedAsASecret() {
    PublicJsonWebKey rsa = issuer.newKey(RS256, "rsa");
    byte[] known = rsa.getPublicKey().getEncoded();
    for (byte[] secret : List.of(known, pem(known).getBytes(StandardCharsets.UTF_8))) {
      String confused =
          Issuer.signed(
              issuer.claims(), AlgorithmIdentifiers.HMAC_SHA256, "rsa", new HmacKey(secret));

      assertThat(tokens.verify(confused)).isEqualTo(NOT_VALID);
    }
  }

  @Test
  void refusesASharedSecretThatStandsInTheSet() {
    byte[] secret = new byte[32];
    OctetSequenceJsonWebKey shared = new OctetSequenceJsonWebKey(new HmacKey(secret));
    shared.setKeyId("shared");
    String set = "{\"keys\":[" + shared.toJson(OutputControlLevel.INCLUDE_SYMMETRIC) + "]}";
    Tokens confused =
        new JoseTokens(CONFIG, new KeySet(() -> set, Fetching.DEFAULTS, clock), clock);

    assertThat(
            confused.verify(
                Issuer.signed(
                    issuer.claims(),
                    AlgorithmIdentifiers.HMAC_SHA256,
                    "shared",
                    new HmacKey(secret))))
        .isEqualTo(NOT_VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256"})
  void refusesOtherAlgorithmsOfTheSameKey(String algorithm) {
    PublicJsonWebKey rsa = issuer.newKey(RS256, "rsa");

    assertThat(tokens.verify(issuer.token(rsa, algorithm, _ -> {}))).isEqualTo(NOT_VALID);
  }

  @Test
  void refusesATokenThatBringsItsOwnKey() {
    PublicJsonWebKey own = new Issuer(NOW).newKey(ES256, "own");
    String header =
        "{\"alg\":\"ES256\",\"jwk\":" + own.toJson(OutputControlLevel.PUBLIC_ONLY) + "}";

    assertThat(tokens.verify(header(header))).isEqualTo(NOT_VALID);
  }

  @Test
  void refusesExpiredAndNotYetValidTokensBeyondTheSkew() {
    assertGenuine(token(claims -> claims.setExpirationTime(issuer.at(-29))));
    assertRefused(
        token(claims -> claims.setExpirationTime(issuer.at(-31))), "the token is expired");
    assertRefused(token(claims -> claims.unsetClaim("exp")), "the token has no exp");
    assertGenuine(token(claims -> claims.setNotBefore(issuer.at(29))));
    assertRefused(
        token(claims -> claims.setNotBefore(issuer.at(31))), "the token is not valid yet");
  }

  @Test
  void refusesATokenThatExpiresWhileItIsUsed() {
    String token = token(_ -> {});
    assertGenuine(token);

    clock.advance(Duration.ofSeconds(91));
    assertRefused(token, "the token is expired");
  }

  @Test
  void refusesTokensForOthersAndOfOthers() {
    assertRefused(
        token(claims -> claims.setAudience("billing")), "the token is for another audience");
    assertGenuine(token(claims -> claims.setAudience("billing", Issuer.AUDIENCE)));
    assertRefused(token(claims -> claims.unsetClaim("aud")), "the token has no aud");
    assertRefused(
        token(claims -> claims.setIssuer("https://evil.example.org")),
        "the token is of another issuer");
    assertRefused(token(claims -> claims.unsetClaim("iss")), "the token has no iss");
    assertRefused(token(claims -> claims.unsetClaim("sub")), "the token has no sub");
  }

  @Test
  void refusesTokensThatAreTooOldWhereAnAgeIsSet() {
    Tokens young =
        tokens(
            new TokenConfig(
                CONFIG.keys(),
                CONFIG.issuer(),
                CONFIG.audience(),
                CONFIG.skew(),
                Duration.ofMinutes(10),
                CONFIG.fetching(),
                CONFIG.names()));

    assertThat(young.verify(token(claims -> claims.setIssuedAt(issuer.at(-600)))))
        .isInstanceOf(Verdict.Genuine.class);
    assertThat(young.verify(token(claims -> claims.setIssuedAt(issuer.at(-631)))))
        .isEqualTo(new Verdict.Refused("the token is too old"));
    assertThat(young.verify(token(claims -> claims.setIssuedAt(issuer.at(31)))))
        .isEqualTo(new Verdict.Refused("the token is of the future"));
    assertThat(young.verify(token(_ -> {}))).isEqualTo(new Verdict.Refused("the token has no iat"));
  }

  @Test
  void goesOnWithTheNewKeysOfItsMaker() {
    assertGenuine(token(_ -> {}));
    clock.advance(Fetching.DEFAULTS.pause());
    PublicJsonWebKey next = issuer.newKey(ES256, "two");
    issuer.retire(key);

    assertGenuine(issuer.token(next, ES256, _ -> {}));
    assertThat(readings).hasValue(2);
    assertThat(tokens.verify(token(_ -> {}))).isEqualTo(NOT_VALID);
  }

  @Test
  void stopsTakingAKeyThatWasTakenOut() {
    assertGenuine(token(_ -> {}));
    issuer.retire(key);
    issuer.newKey(ES256, "two");
    String longLived = token(claims -> claims.setExpirationTime(issuer.at(3_600)));
    assertGenuine(longLived);

    clock.advance(Fetching.DEFAULTS.refresh());
    assertThat(tokens.verify(longLived)).isEqualTo(NOT_VALID);
  }

  @Test
  void cannotBeMadeToReadTheKeysAllTheTime() {
    assertGenuine(token(_ -> {}));
    PublicJsonWebKey unknown = new Issuer(NOW).newKey(ES256, "unknown");
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.verify(issuer.token(unknown, ES256, _ -> {}))).isEqualTo(NOT_VALID);
    }
    assertThat(readings).hasValue(1);

    clock.advance(Fetching.DEFAULTS.pause());
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.verify(issuer.token(unknown, ES256, _ -> {}))).isEqualTo(NOT_VALID);
    }
    assertThat(readings).hasValue(2);
  }

  @Test
  void goesOnForAWhileWhenTheKeysCannotBeRead() {
    String token = token(claims -> claims.setExpirationTime(issuer.at(7_200)));
    assertGenuine(token);
    away = true;

    clock.advance(Fetching.DEFAULTS.refresh());
    assertGenuine(token);
    clock.advance(Fetching.DEFAULTS.stale());
    assertThatThrownBy(() -> tokens.verify(token))
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(refused.error())
                    .isEqualTo(new DomainError.StoreUnavailable(Fetching.DEFAULTS.pause())));
    away = false;
    clock.advance(Fetching.DEFAULTS.pause());
    assertGenuine(token);
  }

  @Test
  void refusesATokenWithoutKeyIdThatCouldBeOfSeveral() {
    Issuer anonymous = new Issuer(NOW);
    PublicJsonWebKey one = anonymous.newKey(ES256, null);
    Tokens those =
        new JoseTokens(CONFIG, new KeySet(anonymous::keySet, Fetching.DEFAULTS, clock), clock);
    String token = anonymous.token(one, ES256, _ -> {});
    assertThat(those.verify(token)).isInstanceOf(Verdict.Genuine.class);

    anonymous.newKey(ES256, null);
    clock.advance(Fetching.DEFAULTS.refresh());
    assertThat(
            those.verify(
                anonymous.token(
                    one, ES256, claims -> claims.setExpirationTime(anonymous.at(3_600)))))
        .isEqualTo(NOT_VALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a.b.c",
        "e30.e30.",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA",
        "eyJhbGciOiJFUzI1NiJ9",
        "a.b.c.d.e",
        "eyJ\u0000.e30.AA"
      })
  void refusesGarbage(String garbage) {
    assertThat(tokens.verify(garbage)).isEqualTo(NOT_VALID);
  }

  @Test
  void refusesAHugeTokenBeforeItIsRead() {
    String huge = token(claims -> claims.setClaim("x", "y".repeat(8_192)));

    assertThat(tokens.verify(huge)).isEqualTo(NOT_VALID);
    assertThat(readings).hasValue(0);
  }

  @Test
  void readsNumbersOfBusinessesHoweverTheyAreWritten() {
    assertBusinesses(
        List.of(7L, 8L, 9L), Map.of("business_id", "7", "businesses", List.of(8, "9")));
    assertBusinesses(List.of(5L), Map.of("businesses", List.of(5L)));
    assertBusinesses(List.of(), Map.of());
  }

  @Test
  void refusesClaimsOfAnotherKind() {
    for (Object odd : List.of(7.5, "seven", "-7", true, Map.of("id", 7), "9".repeat(19), "")) {
      assertRefused(
          token(claims -> claims.setClaim("business_id", odd)),
          "a claim of the token cannot be read");
    }
    assertRefused(
        token(claims -> claims.setClaim("user_type", List.of("agent"))),
        "a claim of the token cannot be read");
    assertRefused(
        token(claims -> claims.setClaim("environment", 1)), "a claim of the token cannot be read");
  }

  private void assertBusinesses(List<Long> expected, Map<String, Object> claimed) {
    String token =
        token(claims -> {
          claims.unsetClaim("business_id");
          claimed.forEach(claims::setClaim);
        });

    assertThat(tokens.verify(token))
        .isEqualTo(new Verdict.Genuine(new Tokens.Claims("anna", expected, "agent", "TEST")));
  }

  private void assertGenuine(String token) {
    assertThat(tokens.verify(token)).isInstanceOf(Verdict.Genuine.class);
  }

  private void assertRefused(String token, String reason) {
    assertThat(tokens.verify(token)).isEqualTo(new Verdict.Refused(reason));
  }

  private String token(Consumer<JwtClaims> change) {
    return issuer.token(key, ES256, change);
  }

  private Tokens tokens(TokenConfig config) {
    return new JoseTokens(config, new KeySet(this::read, config.fetching(), clock), clock);
  }

  private String read() throws IOException {
    readings.incrementAndGet();
    if (away) {
      throw new IOException("away");
    }
    return issuer.keySet();
  }

  private static String header(String json) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(json.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(new Issuer(NOW).claims().toJson().getBytes(StandardCharsets.UTF_8))
        + ".AA";
  }

  private static String pem(byte[] key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
        + "\n-----END PUBLIC KEY-----\n";
  }
}

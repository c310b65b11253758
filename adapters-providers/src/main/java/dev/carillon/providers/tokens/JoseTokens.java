package dev.carillon.providers.tokens;

import dev.carillon.application.port.Tokens;
import dev.carillon.domain.error.DomainException;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/// Signed tokens, checked by jose4j: by an asymmetric signature of a key of the set, and by issuer,
/// audience and time. What is signed in another way, or not at all, is refused whatever it says
/// (RFC 8725, sections 3.1 and 3.2).
public final class JoseTokens implements Tokens {
  /// RS256 and ES256 (RFC 7518, section 3.1), EdDSA (RFC 8037).
  private static final Set<String> ALGORITHMS =
      Set.of(
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.EDDSA);

  /// In characters; what a set of headers holds.
  private static final int LONGEST = 8_192;

  private static final Verdict.Refused NOT_VALID = new Verdict.Refused("the token is not valid");

  private final TokenConfig config;
  private final KeySet keys;
  private final InstantSource clock;
  private final TokenClaims claims;

  /// Reads no key before it is told to [#look], or the first token comes.
  public JoseTokens(TokenConfig config, InstantSource clock) {
    this(config, new KeySet(KeySource.at(config.keys()), config.fetching(), clock), clock);
  }

  JoseTokens(TokenConfig config, KeySet keys, InstantSource clock) {
    this.config = config;
    this.keys = keys;
    this.clock = clock;
    this.claims = new TokenClaims(config.names());
  }

  /// Reads the keys if they have not been read, and tells in the log when that fails. They are read
  /// again when a token comes.
  public void look() {
    try {
      var _ = keys.keys();
    } catch (DomainException unread) {
      // Told where they are read.
    }
  }

  @Override
  public Verdict verify(String token) {
    if (token.length() > LONGEST) {
      return NOT_VALID;
    }
    try {
      return claims.read(consumer().processToClaims(token));
    } catch (InvalidJwtException invalid) {
      if (invalid.getCause() instanceof DomainException away) {
        throw away;
      }
      return TokenProblems.refusal(invalid, NOT_VALID);
    }
  }

  private JwtConsumer consumer() {
    JwtConsumerBuilder builder =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver((signature, _) -> key(signature))
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new)))
            .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
            .setAllowedClockSkewInSeconds(seconds(config.skew()))
            .setRequireExpirationTime()
            .setRequireSubject()
            .setExpectedIssuer(true, config.issuer())
            .setExpectedAudience(true, config.audience());
    if (config.maxAge().isPositive()) {
      // The skew is added to both.
      builder.setRequireIssuedAt().setIssuedAtRestrictions(0, seconds(config.maxAge()));
    }
    return builder.build();
  }

  /// The one key that fits; what names no key and could be of several is refused.
  private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
    if (!ALGORITHMS.contains(signature.getAlgorithmHeaderValue())) {
      throw new UnresolvableKeyException("not by this algorithm");
    }
    KeySet.Reading all = keys.keys();
    List<JsonWebKey> fitting = fitting(signature, all.keys());
    if (fitting.isEmpty()) {
      fitting = fitting(signature, keys.keysBeyond(all).keys());
    }
    if (fitting.size() != 1) {
      throw new UnresolvableKeyException("no single key fits");
    }
    return fitting.getFirst().getKey();
  }

  private static List<JsonWebKey> fitting(JsonWebSignature signature, List<JsonWebKey> keys)
      throws UnresolvableKeyException {
    try {
      return new VerificationJwkSelector().selectList(signature, keys);
    } catch (JoseException unfit) {
      throw new UnresolvableKeyException("no key fits", unfit);
    }
  }

  private static int seconds(Duration time) {
    return Math.toIntExact(time.toSeconds());
  }
}

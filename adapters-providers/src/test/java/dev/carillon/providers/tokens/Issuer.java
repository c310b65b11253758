package dev.carillon.providers.tokens;

import java.security.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Makes tokens, right ones and wrong ones, as those who make tokens do.
final class Issuer {
  static final String NAME = "https://id.example.org";
  static final String AUDIENCE = "carillon";

  private final List<PublicJsonWebKey> keys = new ArrayList<>();
  private final Instant now;

  Issuer(Instant now) {
    this.now = now;
  }

  /// A new key of that algorithm, in the set under that id.
  PublicJsonWebKey newKey(String algorithm, @Nullable String id) {
    try {
      PublicJsonWebKey key =
          switch (algorithm) {
            case AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256 ->
                EcJwkGenerator.generateJwk(EllipticCurves.P256);
            case AlgorithmIdentifiers.EDDSA -> OkpJwkGenerator.generateJwk("Ed25519");
            default -> RsaJwkGenerator.generateJwk(2048);
          };
      key.setKeyId(id);
      keys.add(key);
      return key;
    } catch (JoseException impossible) {
      throw new AssertionError("no key", impossible);
    }
  }

  /// The public keys.
  String keySet() {
    return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /// Takes a key out of the set.
  void retire(PublicJsonWebKey key) {
    keys.remove(key);
  }

  /// Claims with which nothing is wrong.
  JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setSubject("anna");
    claims.setClaim("business_id", 7);
    claims.setClaim("user_type", "agent");
    claims.setClaim("environment", "TEST");
    claims.setExpirationTime(at(60));
    return claims;
  }

  String token(PublicJsonWebKey key, String algorithm, Consumer<JwtClaims> change) {
    JwtClaims claims = claims();
    change.accept(claims);
    return signed(claims, algorithm, key.getKeyId(), key.getPrivateKey());
  }

  static String signed(JwtClaims claims, String algorithm, @Nullable String id, @Nullable Key key) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
      signature.setPayload(claims.toJson());
      signature.setAlgorithmHeaderValue(algorithm);
      if (id != null) {
        signature.setKeyIdHeaderValue(id);
      }
      signature.setKey(key);
      signature.setDoKeyValidation(false);
      return signature.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new AssertionError("no token", impossible);
    }
  }

  /// A time so many seconds from now.
  NumericDate at(long seconds) {
    return NumericDate.fromSeconds(now.getEpochSecond() + seconds);
  }
}

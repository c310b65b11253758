package dev.carillon.bootstrap.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// Makes tokens by the platform's own means (RFC 8037), so that what checks them is not tested by
/// itself.
final class TokenMaker {
  static final String ISSUER = "https://id.example.org";
  static final String AUDIENCE = "carillon";

  /// A public key ends its encoded form (RFC 8410, section 4).
  private static final int KEY_BYTES = 32;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;
  private final String id;

  TokenMaker(String id) throws GeneralSecurityException {
    this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    this.id = id;
  }

  /// Writes its key set.
  Path write(Path file) throws IOException {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] key = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    return Files.writeString(
        file,
        """
        {"keys": [{"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": "%s", "x": "%s"}]}
        """
            .formatted(id, ENCODER.encodeToString(key)));
  }

  static String claims(String subject, long business, long seconds) {
    return """
    {"iss": "%s", "aud": "%s", "sub": "%s", "business_id": %d, "user_type": "user",
      "environment": "TEST", "exp": %d}
    """
        .formatted(ISSUER, AUDIENCE, subject, business, Instant.now().getEpochSecond() + seconds);
  }

  String token(String claims) {
    String signed = part("{\"alg\": \"EdDSA\", \"kid\": \"" + id + "\"}") + "." + part(claims);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + ENCODER.encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("no signature", impossible);
    }
  }

  String unsigned(String claims) {
    return part("{\"alg\": \"none\", \"kid\": \"" + id + "\"}") + "." + part(claims) + ".";
  }

  private static String part(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.carillon.providers.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells whether a call comes from Meta: by `X-Hub-Signature-256`, the HMAC-SHA256 of the body as
/// it came by the app's secret, and by the verify token when Meta is given our address
/// (<https://developers.facebook.com/docs/graph-api/webhooks/getting-started>).
final class WhatsAppSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private final SecretKeySpec key;
  private final byte[] verifyToken;

  WhatsAppSignature(WhatsAppConfig.Keys keys) {
    this.key = new SecretKeySpec(octets(keys.appSecret()), ALGORITHM);
    this.verifyToken = octets(keys.verifyToken());
  }

  /// Whether this is the signature of that body.
  boolean fits(String signature, byte[] body) {
    try {
      return signature.startsWith(PREFIX)
          && MessageDigest.isEqual(
              HexFormat.of().parseHex(signature.substring(PREFIX.length())), sign(body));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Whether this is the token that was agreed.
  boolean verifies(String token) {
    return MessageDigest.isEqual(octets(token), verifyToken);
  }

  private byte[] sign(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

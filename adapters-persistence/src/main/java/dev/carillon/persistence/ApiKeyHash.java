package dev.carillon.persistence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// How an API key is stored: by its SHA-256. A key has 256 random bits, so that a slow hash would
/// protect nothing more, and a look-up by the hash tells nothing about keys that are nearly right.
final class ApiKeyHash {
  private ApiKeyHash() {}

  static byte[] of(String apiKey) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(withoutAlias(apiKey).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// `pk_` is an alias of `sk_` (S0).
  private static String withoutAlias(String apiKey) {
    return apiKey.startsWith("pk_") ? "sk_" + apiKey.substring(3) : apiKey;
  }
}

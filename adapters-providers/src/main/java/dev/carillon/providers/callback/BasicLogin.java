package dev.carillon.providers.callback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The name and password that callers show in the Authorization header (RFC 7617). Compared in a
/// time that tells nothing of them.
public final class BasicLogin {
  private final byte[] expected;

  /// @param user without a colon
  public BasicLogin(String user, String password) {
    expected = digest((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the call shows both.
  public boolean isShownBy(CallbackRequest request) {
    return request
        .header("authorization")
        .filter(header -> header.regionMatches(true, 0, "Basic ", 0, 6))
        .map(header -> MessageDigest.isEqual(expected, digest(decoded(header.substring(6)))))
        .orElse(false);
  }

  private static byte[] decoded(String credentials) {
    try {
      return Base64.getDecoder().decode(credentials.strip());
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /// Of the same length whatever is compared.
  private static byte[] digest(byte[] credentials) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(credentials);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JVM has no SHA-256", e);
    }
  }
}

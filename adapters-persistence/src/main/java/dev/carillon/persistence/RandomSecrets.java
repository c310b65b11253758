package dev.carillon.persistence;

import dev.carillon.application.port.Secrets;
import java.security.SecureRandom;
import java.util.Base64;

/// Secrets of the platform's strong random bits.
public final class RandomSecrets implements Secrets {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String next() {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}

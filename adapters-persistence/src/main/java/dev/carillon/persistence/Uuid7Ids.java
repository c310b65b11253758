package dev.carillon.persistence;

import dev.carillon.application.port.IdSource;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Makes UUIDs of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, 74 random bits.
public final class Uuid7Ids implements IdSource {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final SecureRandom random = new SecureRandom();

  @Override
  public UUID nextId(Instant now) {
    long high = now.toEpochMilli() << 16 | VERSION | random.nextInt(1 << 12);
    long low = VARIANT | random.nextLong() >>> 2;
    return new UUID(high, low);
  }
}

package dev.carillon.application.memory;

import dev.carillon.application.port.IdSource;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Ids that count up: version 7 (RFC 9562, 5.7), the rest of whose bits is a number.
public final class SequentialIds implements IdSource {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final AtomicLong last = new AtomicLong();

  @Override
  public UUID nextId(Instant now) {
    return new UUID(now.toEpochMilli() << 16 | VERSION_7, VARIANT | last.incrementAndGet());
  }
}

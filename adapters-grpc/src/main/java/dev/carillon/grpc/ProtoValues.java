package dev.carillon.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import java.time.Instant;
import java.util.Optional;

/// Times and money as protobuf's well-known types write them.
final class ProtoValues {
  private static final long MICROS_PER_UNIT = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /// From the year 1 to the year 9999 (google/protobuf/timestamp.proto).
  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private ProtoValues() {}

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /// Empty when it is no valid Timestamp.
  static Optional<Instant> instant(Timestamp time) {
    boolean valid =
        time.getSeconds() >= FIRST_SECOND
            && time.getSeconds() <= LAST_SECOND
            && time.getNanos() >= 0
            && time.getNanos() < NANOS_PER_SECOND;
    return valid
        ? Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
        : Optional.empty();
  }

  static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static java.time.Duration duration(Duration duration) {
    return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  /// Exact; units and nanos have the same sign, as google.type.Money asks for.
  static Money money(dev.carillon.domain.billing.Money money) {
    return Money.newBuilder()
        .setCurrencyCode(money.currency())
        .setUnits(money.micros() / MICROS_PER_UNIT)
        .setNanos((int) (money.micros() % MICROS_PER_UNIT) * NANOS_PER_MICRO)
        .build();
  }
}

package dev.carillon.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import java.time.Instant;

/// Times and money as protobuf's well-known types write them.
final class ProtoValues {
  private static final long MICROS_PER_UNIT = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private ProtoValues() {}

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
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

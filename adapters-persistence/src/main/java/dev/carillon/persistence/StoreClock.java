package dev.carillon.persistence;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import java.time.Duration;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// PostgreSQL's clock, by which leases and due times go on all nodes: `clock_timestamp()`, since
/// that of a transaction stands still. Durations reach it as whole microseconds.
final class StoreClock {
  static final Field<Instant> CLOCK = field("clock_timestamp()", SQLDataType.INSTANT);

  private static final long NANOS_PER_MICRO = 1_000;

  private StoreClock() {}

  /// Less than no time is before now.
  static Field<Instant> fromNow(Duration time) {
    return fromNow(val(micros(time)));
  }

  static Field<Instant> fromNow(Field<Long> micros) {
    return field("{0} + {1}", SQLDataType.INSTANT, CLOCK, interval(micros));
  }

  static Field<?> interval(Duration time) {
    return interval(val(micros(time)));
  }

  static long micros(Duration time) {
    return time.toNanos() / NANOS_PER_MICRO;
  }

  private static Field<?> interval(Field<Long> micros) {
    return field("{0} * interval '1 microsecond'", micros);
  }
}

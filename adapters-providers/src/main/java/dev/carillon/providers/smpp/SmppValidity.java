package dev.carillon.providers.smpp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The validity_period of a message: until when the centre may try.
final class SmppValidity {
  private static final Duration LEAST = Duration.ofMinutes(1);

  /// SMPP 3.4, 7.1.1: `YYMMDDhhmmsstnnp`, here in UTC.
  private static final DateTimeFormatter ABSOLUTE =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'000+'").withZone(ZoneOffset.UTC);

  private SmppValidity() {}

  /// Null where the centre is to choose.
  static @Nullable String of(SmppWording wording, Instant deadline, Instant now) {
    Duration left = Duration.between(now, deadline);
    Duration wanted = left.compareTo(wording.validity()) < 0 ? left : wording.validity();
    Duration time = wanted.compareTo(LEAST) < 0 ? LEAST : wanted;
    return switch (wording.validityForm()) {
      case NONE -> null;
      case ABSOLUTE -> ABSOLUTE.format(now.plus(time));
      case RELATIVE ->
          "0000"
              + two(time.toDaysPart())
              + two(time.toHoursPart())
              + two(time.toMinutesPart())
              + two(time.toSecondsPart())
              + "000R";
    };
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}

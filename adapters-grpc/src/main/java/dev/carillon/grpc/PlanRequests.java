package dev.carillon.grpc;

import com.google.protobuf.Timestamp;
import com.google.type.TimeOfDay;
import dev.carillon.application.RequestedPlan;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.v1.CreateBulkJobRequest;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps when and how fast a job is to be handed over. Notes all that cannot be mapped.
final class PlanRequests {
  private static final int END_OF_DAY = 24;

  private PlanRequests() {}

  static RequestedPlan plan(CreateBulkJobRequest request, Violations violations) {
    return new RequestedPlan(
        request.hasSendTime() ? time("send_time", request.getSendTime(), violations) : null,
        request.hasExpireTime() ? time("expire_time", request.getExpireTime(), violations) : null,
        request.hasSendWindow() ? window("send_window", request.getSendWindow(), violations) : null,
        request.getRatePerSecond(),
        ProtoEnums.MISFIRE_POLICY
            .toDomain(request.getMisfirePolicy())
            .orElse(MisfirePolicy.SEND_LATE),
        ProtoEnums.UNKNOWN_POLICY.toDomain(request.getUnknownPolicy()).orElse(UnknownPolicy.HOLD),
        request.hasAutoPauseFailurePercent()
            ? OptionalInt.of(request.getAutoPauseFailurePercent())
            : OptionalInt.empty());
  }

  /// Null when it cannot be mapped.
  static @Nullable SendWindow window(
      String field, dev.carillon.v1.SendWindow window, Violations violations) {
    LocalTime from = minute(field + ".from", window.getFrom(), END_OF_DAY - 1, violations);
    LocalTime to = minute(field + ".to", window.getTo(), END_OF_DAY, violations);
    ZoneId zone = zone(field + ".fallback_time_zone", window.getFallbackTimeZone(), violations);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (int i = 0; i < window.getDaysCount(); i++) {
      String path = field + ".days[" + i + "]";
      ProtoEnums.DAY_OF_WEEK
          .toDomain(window.getDays(i))
          .ifPresentOrElse(days::add, () -> violations.add(path, "must be a day of the week"));
    }
    return from == null || to == null || zone == null ? null : new SendWindow(from, to, days, zone);
  }

  private static @Nullable Instant time(String field, Timestamp time, Violations violations) {
    Optional<Instant> instant = ProtoValues.instant(time);
    if (instant.isEmpty()) {
      violations.add(field, "must be a time from the year 1 to the year 9999");
    }
    return instant.orElse(null);
  }

  /// The end of a day is the beginning of the next.
  private static @Nullable LocalTime minute(
      String field, TimeOfDay time, int lastHour, Violations violations) {
    boolean whole = time.getSeconds() == 0 && time.getNanos() == 0;
    boolean inHour = time.getMinutes() >= 0 && time.getMinutes() < 60;
    boolean endOfDay = time.getHours() == END_OF_DAY && time.getMinutes() == 0;
    boolean inDay = time.getHours() >= 0 && (time.getHours() < END_OF_DAY || endOfDay);
    if (!whole || !inHour || !inDay || time.getHours() > lastHour) {
      violations.add(
          field,
          "must be a whole minute from 00:00 to " + (lastHour < END_OF_DAY ? "23:59" : "24:00"));
      return null;
    }
    return LocalTime.of(time.getHours() % END_OF_DAY, time.getMinutes());
  }

  private static @Nullable ZoneId zone(String field, String name, Violations violations) {
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      violations.add(field, "must be the name of an IANA time zone, such as Africa/Harare");
      return null;
    }
    return ZoneId.of(name);
  }
}

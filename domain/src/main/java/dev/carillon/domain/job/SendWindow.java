package dev.carillon.domain.job;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The hours of the day, by the recipient's own clock, in which messages of a job may be handed
/// over.
///
/// @param from the first minute of it
/// @param to the minute after its last; not after `from` means that it spans midnight, and the same
///   as `from` that it lasts all day
/// @param days on which it opens; empty for every day
/// @param fallback the zone of recipients whose own is not known
public record SendWindow(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId fallback) {
  private static final int DAYS_AHEAD = 8;

  /// All that clocks on earth are ahead of UTC: from 12 hours behind it to 14 before it, by
  /// quarters of an hour (IANA time zone database).
  private static final List<ZoneId> EARTH =
      IntStream.rangeClosed(-12 * 4, 14 * 4)
          .<ZoneId>mapToObj(quarters -> ZoneOffset.ofTotalSeconds(quarters * 15 * 60))
          .toList();

  public SendWindow {
    days = Set.copyOf(days);
  }

  /// Whether it is open for a recipient who may live in any of these zones; none means the
  /// fallback.
  public boolean isOpen(Instant now, List<ZoneId> zones) {
    return zones.isEmpty()
        ? isOpen(now.atZone(fallback))
        : zones.stream().allMatch(zone -> isOpen(now.atZone(zone)));
  }

  /// When it opens next for them, at most a week and a day ahead; empty when it never does, because
  /// the hours of their zones do not meet.
  public Optional<Instant> opensNext(Instant now, List<ZoneId> zones) {
    return (zones.isEmpty() ? List.of(fallback) : zones)
        .stream()
            .flatMap(zone ->
                IntStream.rangeClosed(0, DAYS_AHEAD)
                    .mapToObj(day -> now.atZone(zone).toLocalDate().plusDays(day))
                    .map(date -> date.atTime(from).atZone(zone).toInstant()))
            .filter(opening -> opening.isAfter(now) && isOpen(opening, zones))
            .min(Instant::compareTo);
  }

  /// Whether it is open for anybody, wherever they live.
  public boolean isOpenSomewhere(Instant now) {
    return EARTH.stream().anyMatch(zone -> isOpen(now.atZone(zone)));
  }

  /// When it opens next for anybody, wherever they live.
  public Optional<Instant> opensNextSomewhere(Instant now) {
    return EARTH.stream()
        .flatMap(zone -> opensNext(now, List.of(zone)).stream())
        .min(Instant::compareTo);
  }

  /// Whether it opens for anybody, wherever they live, at that very time.
  public boolean opensSomewhere(Instant time) {
    return EARTH.stream()
        .map(time::atZone)
        .anyMatch(local -> local.toLocalTime().equals(from) && opensOn(local));
  }

  /// Whether it is open for anybody, wherever they live, at some time from `start` to before `end`.
  public boolean isOpenSomewhere(Instant start, Instant end) {
    return isOpenSomewhere(start)
        || opensNextSomewhere(start).filter(opening -> opening.isBefore(end)).isPresent();
  }

  private boolean isOpen(ZonedDateTime local) {
    LocalTime time = local.toLocalTime();
    if (from.isBefore(to)) {
      return opensOn(local) && !time.isBefore(from) && time.isBefore(to);
    }
    return time.isBefore(to) ? opensOn(local.minusDays(1)) : opensOn(local) && !time.isBefore(from);
  }

  private boolean opensOn(ZonedDateTime day) {
    return days.isEmpty() || days.contains(day.getDayOfWeek());
  }
}

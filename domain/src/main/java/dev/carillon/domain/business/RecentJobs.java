package dev.carillon.domain.business;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// When a key made its latest jobs: what a quota of so many jobs an hour is reckoned from. The hour
/// slides: a job counts from the moment it is made until exactly an hour later.
///
/// @param times oldest first, to the microsecond
public record RecentJobs(List<Instant> times) {
  /// None at all.
  public static final RecentJobs NONE = new RecentJobs(List.of());

  private static final Duration HOUR = Duration.ofHours(1);

  public RecentJobs {
    times = times.stream().sorted().toList();
  }

  /// How long it takes until one more may be made, if nobody makes one meanwhile; zero when it may
  /// be made now.
  ///
  /// @param most so many within any hour, 1 or more
  public Duration untilNext(Instant now, int most) {
    List<Instant> counted = counted(now);
    return counted.size() < most
        ? Duration.ZERO
        : Duration.between(now, counted.get(counted.size() - most).plus(HOUR));
  }

  /// With one made now, and without those that do not count any more.
  public RecentJobs with(Instant now) {
    return new RecentJobs(
        Stream.concat(counted(now).stream(), Stream.of(now.truncatedTo(ChronoUnit.MICROS)))
            .toList());
  }

  private List<Instant> counted(Instant now) {
    Instant hourAgo = now.minus(HOUR);
    return times.stream().filter(time -> time.isAfter(hourAgo)).toList();
  }
}

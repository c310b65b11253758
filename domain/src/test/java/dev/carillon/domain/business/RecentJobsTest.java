package dev.carillon.domain.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentJobsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MICRO = Duration.ofNanos(1_000);

  @Test
  void letsAsManyBeMadeAsMayBe() {
    RecentJobs two = RecentJobs.NONE.with(NOW).with(NOW);

    assertThat(RecentJobs.NONE.untilNext(NOW, 1)).isZero();
    assertThat(two.untilNext(NOW, 3)).isZero();
    assertThat(two.untilNext(NOW, 2)).isEqualTo(HOUR);
  }

  @Test
  void countsAJobForExactlyAnHour() {
    RecentJobs one = RecentJobs.NONE.with(NOW);

    assertThat(one.untilNext(NOW.plus(HOUR).minus(MICRO), 1)).isEqualTo(MICRO);
    assertThat(one.untilNext(NOW.plus(HOUR), 1)).isZero();
  }

  @Test
  void waitsForTheOldestToGoNotForTheClockToStrike() {
    RecentJobs spread =
        RecentJobs.NONE.with(NOW).with(NOW.plusSeconds(1_200)).with(NOW.plusSeconds(2_400));

    assertThat(spread.untilNext(NOW.plusSeconds(3_000), 3)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void waitsForMoreThanOneToGoWhenTheQuotaWasLowered() {
    RecentJobs spread =
        RecentJobs.NONE.with(NOW).with(NOW.plusSeconds(1_200)).with(NOW.plusSeconds(2_400));

    assertThat(spread.untilNext(NOW.plusSeconds(3_000), 1)).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void keepsNothingThatDoesNotCountAnyMore() {
    RecentJobs jobs = RecentJobs.NONE.with(NOW).with(NOW.plusSeconds(10));

    assertThat(jobs.with(NOW.plus(HOUR)).times())
        .containsExactly(NOW.plusSeconds(10), NOW.plus(HOUR));
  }

  @Test
  void countsTheJobsOfNodesWhoseClocksAreAhead() {
    RecentJobs ahead = RecentJobs.NONE.with(NOW.plusSeconds(5)).with(NOW);

    assertThat(ahead.times()).containsExactly(NOW, NOW.plusSeconds(5));
    assertThat(ahead.untilNext(NOW, 1)).isEqualTo(HOUR.plusSeconds(5));
  }

  @Test
  void isAsExactAsTheStoreIs() {
    Instant fine = NOW.plusNanos(1_234_567);

    assertThat(RecentJobs.NONE.with(fine).times()).containsExactly(NOW.plusNanos(1_234_000));
  }

  @Test
  void neverLetsMoreThanTheQuotaIntoAnyHourAndTellsTheTruth() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int most = 1 + random.nextInt(20);
    RecentJobs jobs = RecentJobs.NONE;
    List<Instant> made = new ArrayList<>();
    Instant now = NOW;
    for (int i = 0; i < 2_000; i++) {
      Duration wait = jobs.untilNext(now, most);
      if (wait.isZero()) {
        jobs = jobs.with(now);
        made.add(now);
        now = now.plus(Duration.ofMillis(random.nextInt(400_000)));
      } else {
        assertThat(jobs.untilNext(now.plus(wait).minus(MICRO), most))
            .as("seed %d", seed)
            .isPositive();
        now = now.plus(wait);
        assertThat(jobs.untilNext(now, most)).as("seed %d", seed).isZero();
      }
    }

    for (int i = most; i < made.size(); i++) {
      assertThat(Duration.between(made.get(i - most), made.get(i)))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(HOUR);
    }
    assertThat(made).as("seed %d", seed).hasSizeGreaterThan(most);
  }
}

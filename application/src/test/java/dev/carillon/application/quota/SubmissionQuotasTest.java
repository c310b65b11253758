package dev.carillon.application.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SubmissionQuotasTest {
  private static final Instant NOW = Instant.parse("2026-03-01T22:00:00.5Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Scope live = store.newScope();
  private final Scope test = new Scope(live.business(), Environment.TEST);
  private final SubmissionQuotas quotas =
      new SubmissionQuotas(store.quotas(), new QuotaDefaults(3, 0, 1_000), clock);

  @Test
  void letsSoManyJobsOfALiveKeyThroughAndTellsWhenTheNextMayCome() {
    take(caller(live, "a"), 1);
    clock.advance(Duration.ofMinutes(10));
    take(caller(live, "a"), 1);
    take(caller(live, "a"), 1);

    DomainError.QuotaExceeded refused = refusal(caller(live, "a"), 1);

    assertThat(refused)
        .isEqualTo(new DomainError.QuotaExceeded("3 jobs per hour", Duration.ofMinutes(50)));
    clock.advance(Duration.ofMinutes(50).minusNanos(1_000));
    assertThat(refusal(caller(live, "a"), 1).retryAfter()).isEqualTo(Duration.ofNanos(1_000));
    clock.advance(Duration.ofNanos(1_000));
    take(caller(live, "a"), 1);
    assertThat(refusal(caller(live, "a"), 1).retryAfter()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void countsEachKeyForItselfAndNoTestKey() {
    for (int i = 0; i < 3; i++) {
      take(caller(live, "a"), 1);
      take(caller(live, "b"), 1);
    }
    for (int i = 0; i < 30; i++) {
      take(caller(test, "a"), 1);
    }

    assertThat(refusal(caller(live, "a"), 1).quota()).isEqualTo("3 jobs per hour");
    assertThat(refusal(caller(live, "b"), 1).quota()).isEqualTo("3 jobs per hour");
    quotas.look(caller(test, "a"));
    quotas.look(caller(live, "c"));
  }

  @Test
  void seesAtALookWhatWouldBeRefusedAndCountsNothing() {
    for (int i = 0; i < 3; i++) {
      quotas.look(caller(live, "a"));
      take(caller(live, "a"), 1);
    }

    DomainException refused =
        catchThrowableOfType(DomainException.class, () -> quotas.look(caller(live, "a")));

    assertThat(refused.error())
        .isEqualTo(new DomainError.QuotaExceeded("3 jobs per hour", Duration.ofHours(1)));
    assertThat(store.quotas().recentJobs(live, "a").times()).hasSize(3);
  }

  @Test
  void refusesRecipientsUntilMidnightUtcWhenTheDayIsUsedUp() {
    take(caller(test, "a"), 400);
    takeRecipients(599);
    DomainError.QuotaExceeded refused = refusal(caller(test, "b"), 2);

    assertThat(refused)
        .isEqualTo(
            new DomainError.QuotaExceeded(
                "1000 recipients per day", Duration.ofHours(2).minusMillis(500)));
    take(caller(test, "b"), 1);
    assertThat(store.quotas().recipients(test, TODAY)).isEqualTo(1_000);
    clock.advance(Duration.ofHours(2).minusMillis(501));
    assertThat(refusal(caller(test, "b"), 2).retryAfter()).isEqualTo(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    take(caller(test, "b"), 2);
    assertThat(store.quotas().recipients(test, TODAY.plusDays(1))).isEqualTo(2);
  }

  @Test
  void promisesNothingToAJobThatExceedsTheWholeDay() {
    assertThat(refusal(caller(live, "a"), 1_001))
        .isEqualTo(new DomainError.QuotaExceeded("1000 recipients per day", null));
    assertThat(store.quotas().recentJobs(live, "a").times()).isEmpty();
  }

  @Test
  void goesByWhatWasSetForTheBusiness() {
    store
        .quotas()
        .set(
            live.business(),
            new QuotaLimits(OptionalInt.of(1), OptionalInt.empty(), OptionalLong.of(0)));
    take(caller(live, "a"), 1_000_000);

    assertThat(refusal(caller(live, "a"), 1).quota()).isEqualTo("1 jobs per hour");
  }

  @Test
  void countsNothingWhereNothingIsLimited() {
    SubmissionQuotas none = new SubmissionQuotas(store.quotas(), QuotaDefaults.NONE, clock);
    store.run(() -> none.take(caller(live, "a"), 5));

    assertThat(store.quotas().recentJobs(live, "a").times()).isEmpty();
    assertThat(store.quotas().recipients(live, TODAY)).isZero();
  }

  private void take(Caller caller, long accepted) {
    store.run(() -> quotas.take(caller, accepted));
  }

  private void takeRecipients(long accepted) {
    store.run(() -> quotas.takeRecipients(test, accepted));
  }

  private DomainError.QuotaExceeded refusal(Caller caller, long accepted) {
    DomainException refused =
        catchThrowableOfType(DomainException.class, () -> take(caller, accepted));
    return (DomainError.QuotaExceeded) refused.error();
  }

  private static Caller caller(Scope scope, String key) {
    return new Caller(scope, Role.USER, key, "ZW", "USD");
  }
}

package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.BulkJobRepository.QuietJob;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What every store of tenants keeps, and what their being stopped means for their jobs.
public abstract class BusinessesContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final Profile PROFILE = new Profile("Acme", "ZW");
  private static final Terms PLAIN = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null);
  private static final Terms OWN =
      new Terms(
          new RefundPlan(true, false),
          new QuotaLimits(OptionalInt.of(0), OptionalInt.of(7), OptionalLong.of(9_000_000_000L)),
          new Money("USD", 5_000_001));

  /// The tenants of that store.
  protected abstract Businesses businesses();

  @Test
  void keepsABusinessAsItWasMade() {
    for (Terms terms : List.of(PLAIN, OWN)) {
      Business made = insert(terms);

      assertThat(made.profile()).isEqualTo(PROFILE);
      assertThat(made.currency()).isEqualTo("USD");
      assertThat(made.terms()).isEqualTo(terms);
      assertThat(made.stop()).isNull();
      assertThat(made.createdAt()).isEqualTo(NOW);
      assertThat(made.updatedAt()).isEqualTo(NOW);
      assertThat(made.version()).isEqualTo(1);
      assertThat(businesses().find(made.id())).contains(made);
    }
    assertThat(businesses().find(new BusinessId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void writesBackAllThatMayChange() {
    Business made = insert(PLAIN);
    Business changed =
        new Business(
            made.id(),
            new Profile("Other", "MR"),
            made.currency(),
            OWN,
            null,
            made.createdAt(),
            NOW.plusSeconds(1),
            2);

    write(changed);
    assertThat(businesses().find(made.id())).contains(changed);

    Business back =
        new Business(
            made.id(), PROFILE, "USD", PLAIN, null, made.createdAt(), NOW.plusSeconds(2), 3);
    write(back);
    assertThat(businesses().find(made.id())).contains(back);
  }

  @Test
  void undoesWhatIsGivenUp() {
    Business made = insert(PLAIN);

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  Business held = businesses().lock(made.id()).orElseThrow();
                  businesses().update(held.stoppedBy("key_1", "why", NOW));
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);
    assertThat(businesses().find(made.id())).contains(made);
  }

  @Test
  void listsPageByPageByNumber() {
    Business first = insert(PLAIN);
    Business second = insert(PLAIN);
    Business third = insert(PLAIN);
    OptionalLong before = OptionalLong.of(first.id().value() - 1);

    Page<Business> page = businesses().list(false, new PageRequest(2, 0, before));
    assertThat(page.items()).containsExactly(first, second);
    assertThat(page.next()).hasValue(second.id().value());
    assertThat(page.totalSize()).isGreaterThanOrEqualTo(3);

    Page<Business> rest = businesses().list(false, new PageRequest(2, 0, page.next()));
    assertThat(rest.items()).containsExactly(third);
    assertThat(rest.next()).isEmpty();
    assertThat(businesses().list(false, new PageRequest(2, 1, before)).items())
        .containsExactly(second, third);
  }

  @Test
  void tellsWhoIsStopped() {
    Business working = insert(PLAIN);
    Business stopped = stop(insert(PLAIN));

    assertThat(businesses().find(stopped.id())).contains(stopped);
    assertThat(businesses().stopped()).contains(stopped.id()).doesNotContain(working.id());
    assertThat(businesses().list(true, PageRequest.first()).items())
        .contains(stopped)
        .doesNotContain(working);

    resume(stopped);
    assertThat(businesses().stopped()).doesNotContain(stopped.id());
  }

  @Test
  void handsOverNothingOfAStoppedBusiness() {
    Business business = insert(PLAIN);
    Scope live = new Scope(business.id(), Environment.LIVE);
    StoredJob mine = store(anSmsJob().to(1), live);
    StoredJob test = store(anSmsJob().to(1), new Scope(business.id(), Environment.TEST));
    StoredJob others = store(anSmsJob().to(1));

    Business stopped = stop(business);
    assertThat(atWork()).contains(others.id().value()).doesNotContain(mine.id().value());
    assertThat(atWork()).doesNotContain(test.id().value());
    assertThat(controls(mine).running()).isFalse();
    assertThat(controls(others).running()).isTrue();
    assertThat(look(mine.chunk(0)).dispatchOn()).isFalse();
    assertThat(look(others.chunk(0)).dispatchOn()).isTrue();
    assertThat(found(mine).life().status().isRunning()).isTrue();

    resume(stopped);
    assertThat(atWork()).contains(mine.id().value(), test.id().value());
    assertThat(controls(mine).running()).isTrue();
    assertThat(look(mine.chunk(0)).dispatchOn()).isTrue();
  }

  @Test
  void sweepsTheCancelledJobsOfAStoppedBusiness() {
    Business business = insert(PLAIN);
    Scope live = new Scope(business.id(), Environment.LIVE);
    StoredJob cancelled = store(anSmsJob().to(1), live);
    StoredJob broken = store(anSmsJob().to(1), live);
    move(cancelled.id(), JobTransition.CANCEL, NOW);
    ports().jobs().markBroken(broken.id(), NOW);
    stop(business);

    assertThat(ports().jobs().atWork(List.of(), MANY, MANY))
        .filteredOn(job -> job.business().equals(business.id()))
        .hasSize(2)
        .allMatch(JobAtWork::sweeping);
  }

  @Test
  void doesNotCallTheJobsOfAStoppedBusinessStalled() {
    Business business = insert(PLAIN);
    StoredJob mine = store(anSmsJob().to(1), new Scope(business.id(), Environment.LIVE));
    StoredJob others = store(anSmsJob().to(1));
    stop(business);
    Instant later = Instant.now().plus(Duration.ofDays(1));

    assertThat(ports().jobs().quiet(later, MANY))
        .extracting(QuietJob::id)
        .contains(others.id())
        .doesNotContain(mine.id());
  }

  private Business insert(Terms terms) {
    return ports()
        .transactions()
        .inTransaction(() -> businesses().insert(PROFILE, "USD", terms, NOW));
  }

  private void write(Business business) {
    ports()
        .transactions()
        .run(() -> {
          assertThat(businesses().lock(business.id())).isPresent();
          businesses().update(business);
        });
  }

  private Business stop(Business business) {
    Business stopped = business.stoppedBy("key_1", "fraud", NOW.plusSeconds(1));
    write(stopped);
    return stopped;
  }

  private void resume(Business business) {
    write(business.resumed(NOW.plusSeconds(2)));
  }

  private List<Long> atWork() {
    return ports().jobs().atWork(List.of(), MANY, MANY).stream()
        .map(job -> job.id().value())
        .toList();
  }

  private JobControls controls(StoredJob job) {
    return ports().jobs().controls(List.of(job.id())).values().iterator().next();
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}

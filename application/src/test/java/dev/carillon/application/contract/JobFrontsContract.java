package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.JobFronts;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.Front;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every store tells of how far a running job is.
public abstract class JobFrontsContract extends StoreContract {
  private static final Instant LATER = NOW.plusSeconds(90);

  /// Those of that store.
  protected abstract JobFronts fronts();

  /// The witness of the same store.
  protected abstract StoreWitness witness();

  /// The tenants of the same store.
  protected abstract Businesses businesses();

  @AfterEach
  void switchOn() {
    witness().confirm(witness().history(), "test", NOW);
  }

  @Test
  void aNewJobIsDueAtOnce() {
    StoredJob job = store(anSmsJob().to(3));

    assertThat(front(job))
        .isInstanceOfSatisfying(
            Front.Due.class,
            due -> {
              assertThat(due.at()).isBeforeOrEqualTo(Instant.now());
              assertThat(due.again()).isNull();
            });
  }

  @Test
  void tellsWhenTheFirstOfItsOpenChunksIsDue() {
    StoredJob job = store(anSmsJob().to(4).chunksOf(1));
    defer(job.chunk(0), LATER.plusSeconds(60), Map.of());
    defer(job.chunk(1), LATER, Map.of());
    defer(job.chunk(2), LATER.plusSeconds(30), Map.of());
    defer(job.chunk(3), NOW, Map.of());
    close(job.chunk(3));

    assertThat(front(job)).isEqualTo(new Front.Due(LATER, null));
  }

  @Test
  void tellsWhenTheFirstMessageOfThatChunkIsTriedAgain() {
    StoredJob job = store(anSmsJob().to(6).chunksOf(3));
    defer(job.chunk(0), LATER, Map.of(0, LATER.plusSeconds(5), 2, LATER, 1, LATER.plusSeconds(9)));
    defer(job.chunk(1), LATER.plusSeconds(1), Map.of(3, NOW));

    assertThat(front(job)).isEqualTo(new Front.Due(LATER, LATER));
  }

  @Test
  void movesWhileAWorkerIsAtAnyOfItsChunks() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    defer(job.chunk(0), LATER, Map.of());
    change(job.chunk(1), new LeaseChange.Take(WORKER, LONG), _ -> {});
    assertThat(front(job)).isEqualTo(new Front.Moving());

    defer(job.chunk(1), LATER.plusSeconds(1), Map.of());
    assertThat(front(job)).isEqualTo(new Front.Due(LATER, null));
  }

  @Test
  void movesNoLongerOnceTheLeaseHasLapsed() {
    StoredJob job = store(anSmsJob().to(1));
    defer(job.chunk(0), LATER, Map.of());
    change(job.chunk(0), new LeaseChange.Take(WORKER, SHORT), _ -> {});

    Await.until("the lease lapses", () -> front(job).equals(new Front.Due(LATER, null)));
  }

  @Test
  void movesWhenNothingOfItIsOpenOrItIsOnlySwept() {
    StoredJob closed = store(anSmsJob().to(1));
    close(closed.chunk(0));
    StoredJob broken = store(anSmsJob().to(1));
    ports().jobs().markBroken(broken.id(), NOW);

    assertThat(front(closed)).isEqualTo(new Front.Moving());
    assertThat(front(broken)).isEqualTo(new Front.Moving());
    assertThat(fronts().of(new JobId(Long.MAX_VALUE))).isEqualTo(new Front.Moving());
  }

  @Test
  void saysThatDispatchIsSwitchedOff() {
    StoredJob job = store(anSmsJob().to(1));
    defer(job.chunk(0), LATER, Map.of());

    witness().switchOff("a test", NOW);
    assertThat(front(job)).isEqualTo(new Front.DispatchOff());

    witness().confirm(witness().history(), "ops", NOW);
    assertThat(front(job)).isEqualTo(new Front.Due(LATER, null));
  }

  @Test
  void saysThatItsBusinessIsStopped() {
    Business business =
        ports()
            .transactions()
            .inTransaction(() ->
                businesses()
                    .insert(
                        new Profile("Acme", "ZW"),
                        "USD",
                        new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null),
                        NOW));
    StoredJob job = store(anSmsJob().to(1), new Scope(business.id(), Environment.LIVE));
    StoredJob others = store(anSmsJob().to(1));
    defer(job.chunk(0), LATER, Map.of());

    update(business.stoppedBy("key_1", "fraud", NOW));
    witness().switchOff("a test", NOW);
    assertThat(front(job)).isEqualTo(new Front.BusinessStopped());
    assertThat(front(others)).isEqualTo(new Front.DispatchOff());

    witness().confirm(witness().history(), "ops", NOW);
    update(business);
    assertThat(front(job)).isEqualTo(new Front.Due(LATER, null));
  }

  private Front front(StoredJob job) {
    return fronts().of(job.id());
  }

  private void defer(ChunkKey key, Instant until, Map<Integer, Instant> dueTimes) {
    change(key, new LeaseChange.Release(until, dueTimes), _ -> {});
  }

  private void update(Business business) {
    ports()
        .transactions()
        .run(() -> {
          assertThat(businesses().lock(business.id())).isPresent();
          businesses().update(business);
        });
  }
}

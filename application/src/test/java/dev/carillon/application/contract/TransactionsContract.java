package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import org.junit.jupiter.api.Test;

/// What every kind of transaction keeps.
public abstract class TransactionsContract extends StoreContract {

  @Test
  void keepsAllOfTheWorkAndGivesItsResult() {
    StoredJob job =
        ports()
            .transactions()
            .inTransaction(() -> {
              StoredJob stored = anSmsJob().to(2).storeIn(ports(), scope());
              ports().jobs().move(stored.id(), JobTransition.CANCEL, null, NOW);
              return stored;
            });

    assertThat(found(job).status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(counters(job).total()).isEqualTo(2);
  }

  @Test
  void keepsNothingOfWorkThatThrowsAndPassesTheExceptionOn() {
    StoredJob before = store(anSmsJob().to(1));
    DomainException refusal = new DomainException(new DomainError.NoCarrier("SMS"));

    Throwable thrown =
        catchThrowable(() ->
            ports()
                .transactions()
                .run(() -> {
                  anSmsJob().to(2).storeIn(ports(), scope());
                  ports().jobs().move(before.id(), JobTransition.CANCEL, null, NOW);
                  throw refusal;
                }));

    assertThat(thrown).isSameAs(refusal);
    assertThat(jobs()).isEqualTo(1);
    assertThat(found(before).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void undoesTheWorkOfAnErrorToo() {
    AssertionError bug = new AssertionError("a bug");

    Throwable thrown =
        catchThrowable(() ->
            ports()
                .transactions()
                .run(() -> {
                  anSmsJob().to(2).storeIn(ports(), scope());
                  throw bug;
                }));

    assertThat(thrown).isSameAs(bug);
    assertThat(jobs()).isZero();
  }

  @Test
  void joinsTheTransactionItIsCalledIn() {
    IllegalStateException onPurpose = new IllegalStateException("on purpose");

    Throwable thrown =
        catchThrowable(() ->
            ports()
                .transactions()
                .run(() -> {
                  ports().transactions().run(() -> anSmsJob().to(2).storeIn(ports(), scope()));
                  assertThat(jobs()).isEqualTo(1);
                  throw onPurpose;
                }));

    assertThat(thrown).isSameAs(onPurpose);
    assertThat(jobs()).isZero();
  }

  @Test
  void letsAnInnerFailureUndoTheOuterWork() {
    IllegalStateException onPurpose = new IllegalStateException("on purpose");

    Throwable thrown =
        catchThrowable(() ->
            ports()
                .transactions()
                .run(() -> {
                  anSmsJob().to(2).storeIn(ports(), scope());
                  ports()
                      .transactions()
                      .run(() -> {
                        throw onPurpose;
                      });
                }));

    assertThat(thrown).isSameAs(onPurpose);
    assertThat(jobs()).isZero();
  }

  @Test
  void worksOnAfterAFailure() {
    Throwable thrown =
        catchThrowable(() ->
            ports()
                .transactions()
                .run(() -> {
                  throw new IllegalStateException("on purpose");
                }));

    StoredJob job = store(anSmsJob().to(1));

    assertThat(thrown).hasMessage("on purpose");
    assertThat(found(job).counters().total()).isEqualTo(1);
  }

  @Test
  void showsWhatWasKeptToOtherThreads() {
    StoredJob job = store(anSmsJob().to(3));

    long seen = Background.start(() -> counters(job).total()).result();

    assertThat(seen).isEqualTo(3);
  }

  private long jobs() {
    return ports().jobs().list(scope(), JobFilter.ALL, PageRequest.first()).totalSize();
  }
}

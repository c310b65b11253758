package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.domain.job.JobStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every witness keeps, and that the switch is told with every chunk and job.
public abstract class StoreWitnessContract extends StoreContract {
  /// The witness of the same store.
  protected abstract StoreWitness witness();

  @AfterEach
  void switchOn() {
    witness().confirm(witness().history(), "test", NOW);
  }

  @Test
  void tellsOneHistoryWhileNothingHappensToTheStore() {
    History first = witness().history();
    store(anSmsJob().to(1));
    History second = witness().history();

    assertThat(second.system()).isEqualTo(first.system()).isNotEmpty();
    assertThat(second.timeline()).isEqualTo(first.timeline()).isPositive();
    assertThat(second.position()).isGreaterThanOrEqualTo(first.position());
  }

  @Test
  void isSwitchedOnByAConfirmationOfThisHistory() {
    witness().switchOff("a test", NOW);

    assertThat(witness().confirm(witness().history(), "ops", NOW.plusSeconds(1))).isTrue();

    StoreWitness.Switch now = witness().read();
    assertThat(now.on()).isTrue();
    assertThat(now.reason()).isEmpty();
    History confirmed = Objects.requireNonNull(now.confirmed());
    assertThat(confirmed.system()).isEqualTo(witness().history().system());
    assertThat(confirmed.timeline()).isEqualTo(witness().history().timeline());
  }

  @Test
  void isNotSwitchedOnByAConfirmationOfAnotherHistory() {
    History history = witness().history();
    witness().switchOff("a test", NOW);

    assertThat(
            witness()
                .confirm(
                    new History(history.system(), history.timeline() + 1, history.position()),
                    "ops",
                    NOW))
        .isFalse();
    assertThat(
            witness()
                .confirm(
                    new History("1" + history.system(), history.timeline(), history.position()),
                    "ops",
                    NOW))
        .isFalse();

    assertThat(witness().read().on()).isFalse();
    assertThat(witness().read().reason()).isEqualTo("a test");
    assertThat(witness().read().since()).isEqualTo(NOW);
  }

  @Test
  void keepsWhyItWasSwitchedOffFirst() {
    witness().confirm(witness().history(), "ops", NOW);
    witness().switchOff("first", NOW);
    witness().switchOff("second", NOW.plusSeconds(5));

    assertThat(witness().read().reason()).isEqualTo("first");
    assertThat(witness().read().since()).isEqualTo(NOW);
  }

  @Test
  void isNotSwitchedOffForWhatWasSeenBeforeAConfirmation() {
    witness().confirm(witness().history(), "ops", NOW);
    StoreWitness.Switch seen = witness().read();
    History confirmed = Objects.requireNonNull(seen.confirmed());
    StoreWitness.Switch before =
        new StoreWitness.Switch(
            true,
            new History(confirmed.system(), confirmed.timeline() + 1, confirmed.position()),
            "",
            NOW);

    assertThat(witness().switchOff(before, "a promotion", NOW)).isFalse();
    assertThat(witness().read()).isEqualTo(seen);

    assertThat(witness().switchOff(seen, "a promotion", NOW)).isTrue();
    assertThat(witness().read().on()).isFalse();
    assertThat(witness().read().reason()).isEqualTo("a promotion");
    assertThat(witness().switchOff(seen, "another", NOW)).isFalse();
  }

  @Test
  void isToldWithEveryChunkAndJob() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    assertThat(look(job.chunk(0)).dispatchOn()).isTrue();

    witness().switchOff("a test", NOW);
    assertThat(look(job.chunk(0)).dispatchOn()).isFalse();
    assertThat(ports().jobs().controls(List.of(job.id())).values())
        .singleElement()
        .satisfies(controls -> assertThat(controls.running()).isFalse());

    witness().confirm(witness().history(), "ops", NOW);
    assertThat(look(job.chunk(0)).dispatchOn()).isTrue();
    assertThat(ports().jobs().controls(List.of(job.id())).values())
        .singleElement()
        .satisfies(controls -> assertThat(controls.running()).isTrue());
  }
}

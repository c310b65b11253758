package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What all slots for binds keep.
public abstract class BindSlotsContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(60);

  private CarrierId carrier = CarrierNumbersContract.aCarrier();

  @BeforeEach
  void takeANewName() {
    carrier = CarrierNumbersContract.aCarrier();
  }

  /// The slots, as one node sees them.
  protected abstract BindSlots slots();

  @Test
  void givesAsManyAsThereAreAndNoMore() {
    assertThat(slots().take(carrier, "a", 2, LONG)).contains(1);
    assertThat(slots().take(carrier, "a", 2, LONG)).contains(2);
    assertThat(slots().take(carrier, "b", 2, LONG)).isEmpty();
    assertThat(slots().take(carrier, "b", 3, LONG)).contains(3);
    assertThat(slots().take(carrier, "b", 0, LONG)).isEmpty();
  }

  @Test
  void keepsCarriersApart() {
    CarrierId other = new CarrierId(carrier + "-2");

    assertThat(slots().take(carrier, "a", 1, LONG)).contains(1);

    assertThat(slots().take(other, "b", 1, LONG)).contains(1);
  }

  @Test
  void givesASlotOnWhenItsOwnerDoesNotProlongIt() {
    slots().take(carrier, "a", 1, SHORT);

    Await.until("another has it", () -> slots().take(carrier, "b", 1, LONG).isPresent());

    assertThat(slots().prolong(carrier, 1, "a", LONG)).isFalse();
    assertThat(slots().prolong(carrier, 1, "b", LONG)).isTrue();
  }

  @Test
  void leavesALapsedSlotLostEvenWhenNobodyElseHasTakenIt() {
    slots().take(carrier, "a", 1, SHORT);
    CarrierId clock = new CarrierId(carrier + "-2");
    slots().take(clock, "a", 1, SHORT.multipliedBy(2));
    Await.until("a longer one has passed", () -> slots().take(clock, "b", 1, LONG).isPresent());

    assertThat(slots().prolong(carrier, 1, "a", LONG)).isFalse();
  }

  @Test
  void holdsASlotForSoLongFromTheLastProlongation() {
    Await.until(
        "it is prolonged before it lapses",
        () ->
            slots().take(carrier, "a", 1, SHORT).isPresent()
                && slots().prolong(carrier, 1, "a", LONG));
    CarrierId clock = new CarrierId(carrier + "-2");
    slots().take(clock, "a", 1, SHORT.multipliedBy(2));
    Await.until("a shorter one has passed", () -> slots().take(clock, "b", 1, LONG).isPresent());

    assertThat(slots().take(carrier, "b", 1, LONG)).isEmpty();
  }

  @Test
  void givesASlotOnAtOnceWhenItsOwnerReleasesItAndNobodyElseCan() {
    slots().take(carrier, "a", 2, LONG);
    slots().take(carrier, "b", 2, LONG);
    slots().release(carrier, 1, "b");
    slots().release(carrier, 7, "b");
    assertThat(slots().take(carrier, "c", 2, LONG)).isEmpty();

    slots().release(carrier, 1, "a");

    assertThat(slots().prolong(carrier, 1, "a", LONG)).isFalse();
    assertThat(slots().take(carrier, "c", 2, LONG)).contains(1);
  }

  @Test
  void givesEachSlotToOneOfManyThatAskAtTheSameTime() {
    AtomicInteger owner = new AtomicInteger();

    List<Optional<Integer>> taken =
        Background.together(
            10, () -> slots().take(carrier, "owner-" + owner.incrementAndGet(), 4, LONG));

    assertThat(taken.stream().flatMap(Optional::stream)).containsExactlyInAnyOrder(1, 2, 3, 4);
  }
}

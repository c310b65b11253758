package dev.carillon.application.settling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.StoreFault;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvingTest {
  private final Set<Integer> done = new TreeSet<>();
  private final List<Integer> failed = new ArrayList<>();
  private int calls;

  @Test
  void doesEverythingInOneGoWhereNothingFails() {
    each(10, Set.of());

    assertThat(done).hasSize(10);
    assertThat(calls).isOne();
    assertThat(failed).isEmpty();
  }

  @Test
  void callsNothingForNothing() {
    each(0, Set.of());

    assertThat(calls).isZero();
  }

  @Test
  void leavesOutOnlyWhatFailsByItself() {
    each(1_000, Set.of(0, 500, 999));

    assertThat(failed).containsExactly(0, 500, 999);
    assertThat(done).hasSize(997).doesNotContain(0, 500, 999);
    assertThat(calls).isLessThan(100);
  }

  @Test
  void triesWhatFailsByItselfOnceMore() {
    List<List<Integer>> asked = new ArrayList<>();
    Halving.each(
        List.of(1, 2),
        some -> {
          asked.add(List.copyOf(some));
          if (asked.size() <= 2) {
            throw new IllegalStateException("a bad moment");
          }
        },
        (thing, _) -> failed.add(thing));

    assertThat(asked).containsExactly(List.of(1, 2), List.of(1), List.of(1), List.of(2));
    assertThat(failed).isEmpty();
  }

  @Test
  void givesUpAtOnceWhenTheStoreIsAway() {
    DomainException away =
        new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    Consumer<List<Integer>> work =
        _ -> {
          calls++;
          throw away;
        };

    assertThatThrownBy(() -> Halving.each(List.of(1, 2, 3), work, (thing, _) -> failed.add(thing)))
        .isSameAs(away);
    assertThat(calls).isOne();
    assertThat(failed).isEmpty();
  }

  @Test
  void givesUpAtOnceWhenTheStoreIsToBlame() {
    assertThatThrownBy(() ->
            Halving.each(
                List.of(1),
                _ -> {
                  calls++;
                  throw new Fault();
                },
                (thing, _) -> failed.add(thing)))
        .isInstanceOf(Fault.class);

    assertThat(calls).isOne();
    assertThat(failed).isEmpty();
  }

  @Test
  void givesUpWhenSoManyFailThatItIsNotTheirs() {
    Set<Integer> bad = Set.copyOf(IntStream.range(0, 1_000).boxed().toList());

    assertThatThrownBy(() -> each(1_000, bad)).isInstanceOf(IllegalStateException.class);

    assertThat(failed).hasSize(21);
    assertThat(calls).isLessThan(100);
  }

  private void each(int count, Set<Integer> bad) {
    Halving.each(
        IntStream.range(0, count).boxed().toList(),
        some -> {
          calls++;
          if (some.stream().anyMatch(bad::contains)) {
            throw new IllegalStateException("cannot be done");
          }
          done.addAll(some);
        },
        (thing, _) -> failed.add(thing));
  }

  private static final class Fault extends RuntimeException implements StoreFault {
    private static final long serialVersionUID = 1L;
  }
}

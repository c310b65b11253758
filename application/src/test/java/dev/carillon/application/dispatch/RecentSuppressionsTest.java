package dev.carillon.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentSuppressionsTest {
  private static final int MOST = 5;

  private final House house = new House(ScriptedCarrier.withWindow(1));
  private final WatchedSuppressions store = new WatchedSuppressions(house.store.suppressions());
  private final RecentSuppressions recent = new RecentSuppressions(store, MOST);

  @Test
  void tellsNothingBeforeItHasLooked() {
    long now = System.nanoTime();

    assertThat(recent.tellsAllSince(now)).isFalse();
    recent.refresh();

    assertThat(recent.tellsAllSince(now)).isFalse();
    assertThat(recent.tellsAllSince(System.nanoTime())).isTrue();
  }

  @Test
  void knowsWhatAnyNodeStored() {
    recent.refresh();
    long asked = System.nanoTime();
    store.add(some(2));

    recent.refresh();

    assertThat(recent.of(house.scope, Channel.SMS)).containsExactlyInAnyOrder("+1", "+2");
    assertThat(recent.of(house.scope, Channel.EMAIL)).isEmpty();
    assertThat(recent.tellsAllSince(asked)).isTrue();
  }

  @Test
  void takesNoteAtOnceOfWhatThisNodeStored() {
    recent.add(some(1));

    assertThat(recent.of(house.scope, Channel.SMS)).containsExactly("+1");
  }

  @Test
  void saysSoWhenThereIsMoreThanItCanKeep() {
    recent.refresh();
    long before = System.nanoTime();
    store.add(some(MOST));

    recent.refresh();

    assertThat(recent.of(house.scope, Channel.SMS)).isEmpty();
    assertThat(recent.tellsAllSince(before)).isFalse();
    assertThat(recent.tellsAllSince(System.nanoTime())).isTrue();
  }

  @Test
  void saysSoWhenThisNodeStoredMoreThanItCanKeep() {
    recent.refresh();
    long before = System.nanoTime();

    recent.add(some(MOST + 1));

    assertThat(recent.of(house.scope, Channel.SMS)).isEmpty();
    assertThat(recent.tellsAllSince(before)).isFalse();
  }

  @Test
  void keepsWhatItKnowsWhileTheStoreIsAway() {
    store.add(some(1));
    recent.refresh();
    store.away = true;

    assertThatThrownBy(recent::refresh).isInstanceOf(DomainException.class);

    assertThat(recent.of(house.scope, Channel.SMS)).containsExactly("+1");
  }

  private List<Suppression> some(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number ->
            new Suppression(
                house.scope,
                Channel.SMS,
                "+" + number,
                SuppressionCause.STOP,
                "",
                "test",
                house.clock.instant()))
        .toList();
  }
}

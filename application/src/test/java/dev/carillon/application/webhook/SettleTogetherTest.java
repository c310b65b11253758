package dev.carillon.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EndpointSecrets;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.SealedSecret;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SettleTogetherTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final List<List<Ended>> settled = new CopyOnWriteArrayList<>();
  private final AtomicInteger over = new AtomicInteger();

  /// They wait for the one that is at it, not for a transaction each.
  @Test
  void settlesTogetherWhatEndsWhileAnotherIsBeingSettled() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    SettleTogether settling =
        settling(some -> {
          entered.countDown();
          await(open);
          settled.add(some);
        });
    Background<Integer> first = settleApart(settling, ended(1, 1));
    entered.await();

    settling.settle(ended(1, 2));
    settling.settle(ended(1, 3));
    settling.settle(ended(1, 4));
    assertThat(over).hasValue(0);
    open.countDown();
    assertThat(first.result()).isZero();

    assertThat(settled)
        .extracting(SettleTogetherTest::numbers)
        .containsExactly(List.of(1L), List.of(2L, 3L, 4L));
    assertThat(over).hasValue(4);
  }

  @Test
  void waitsForNoOtherEndpoint() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    SettleTogether settling =
        settling(some -> {
          if (some.getFirst().leased().endpoint() == 1) {
            entered.countDown();
            await(open);
          }
          settled.add(some);
        });
    Background<Integer> held = settleApart(settling, ended(1, 1));
    entered.await();

    settling.settle(ended(2, 2));

    assertThat(settled).extracting(SettleTogetherTest::numbers).containsExactly(List.of(2L));
    open.countDown();
    assertThat(held.result()).isZero();
    assertThat(settled).hasSize(2);
  }

  @Test
  void keepsNoneFromBeingSettledByOneThatCannotBe() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    SettleTogether settling =
        settling(some -> {
          entered.countDown();
          await(open);
          if (numbers(some).contains(3L)) {
            throw new IllegalArgumentException("not this one");
          }
          settled.add(some);
        });
    Background<Integer> first = settleApart(settling, ended(1, 1));
    entered.await();
    for (int number = 2; number <= 6; number++) {
      settling.settle(ended(1, number));
    }
    open.countDown();

    assertThatThrownBy(first::result)
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not this one");

    assertThat(settled.stream().flatMap(some -> numbers(some).stream()))
        .containsExactly(1L, 2L, 4L, 5L, 6L);
    assertThat(over).hasValue(6);
  }

  /// What the store does not take is given up, each lease to lapse; those that end later are tried.
  @Test
  void goesOnAfterTheStoreWasAway() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    SettleTogether settling =
        settling(some -> {
          entered.countDown();
          await(open);
          if (tries.incrementAndGet() == 1) {
            throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
          }
          settled.add(some);
        });
    Background<Integer> first = settleApart(settling, ended(1, 1));
    entered.await();
    settling.settle(ended(1, 2));
    open.countDown();

    assertThatThrownBy(first::result).rootCause().isInstanceOf(DomainException.class);

    Await.until("the other is settled", () -> over.get() == 2);
    settling.settle(ended(1, 3));
    Await.until("a later one is settled", () -> over.get() == 3);
    assertThat(settled.stream().flatMap(some -> numbers(some).stream())).containsExactly(2L, 3L);
  }

  private SettleTogether settling(Consumer<List<Ended>> work) {
    return new SettleTogether(work, task -> Thread.ofVirtual().start(task), over::addAndGet);
  }

  private static Background<Integer> settleApart(SettleTogether settling, Ended ended) {
    return Background.start(() -> {
      settling.settle(ended);
      return 0;
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static List<Long> numbers(List<Ended> some) {
    return some.stream().map(one -> one.leased().event().number()).toList();
  }

  private static Ended ended(long endpoint, long number) {
    EndpointId id = new EndpointId(new UUID(0, endpoint));
    Scope scope = new Scope(new BusinessId(1), Environment.LIVE);
    return new Ended(
        new Leased(
            endpoint,
            id,
            new StoredEvent(
                number, new EventId(new UUID(1, number)), scope, EndpointEvent.test(id, NOW)),
            "https://one.example/",
            EndpointSecrets.of(new SealedSecret("sealed")),
            1,
            1,
            NOW,
            NOW),
        new DeliveryAttempt(1, NOW, new Answered(200, null, "", Duration.ZERO)),
        before -> new Outcome(DeliveryState.DELIVERED, null, before, Duration.ZERO, null));
  }
}

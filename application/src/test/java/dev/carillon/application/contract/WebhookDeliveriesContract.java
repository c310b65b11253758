package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Filter;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every store keeps about deliveries to the endpoints of webhooks.
public abstract class WebhookDeliveriesContract extends AttemptsContract {
  private static final Filter ALL = new Filter(null, Set.of());
  private static final DeliveryAnswer LATE =
      new DeliveryAnswer.Unanswered(DeliveryAnswer.Cause.TIMED_OUT, Duration.ofSeconds(15));

  @Test
  void givesUpNothingThatWasLeasedAgain() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased lost = leaseFor(SHORT_LEASE).getFirst();
    Leased again = awaitLease();

    giveUp(lost);

    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.PENDING);
    settle(again, OK, null);
    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  /// What the receiver said it has, it has, whoever asks next.
  @Test
  void takesALateSuccessForASuccess() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased late = leaseFor(SHORT_LEASE).getFirst();
    Leased again = awaitLease();

    settle(late, OK, null);
    settle(again, BUSY, AT_ONCE);

    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(only(endpoint).attempts()).isEqualTo(2);
    assertThat(only(endpoint).made()).hasSize(2);
    assertThat(lease(10)).isEmpty();
  }

  @Test
  void takesASuccessForASuccessAfterItWasGivenUp() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased late = leaseFor(SHORT_LEASE).getFirst();
    giveUp(awaitLease());
    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.GIVEN_UP);

    settle(late, OK, null);

    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  /// Neither its health nor whether it is switched off.
  @Test
  void learnsNothingOfAnEndpointFromAnAttemptThatCountsNoLonger() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased late = leaseFor(SHORT_LEASE).getFirst();
    Leased again = awaitLease();

    assertThat(disable(late)).isFalse();

    assertThat(ports().endpoints().find(scope(), endpoint.id()).orElseThrow().details().enabled())
        .isTrue();
    assertThat(healthBefore(again)).isEqualTo(EndpointHealth.GOOD);
    assertThat(only(endpoint).made()).hasSize(2);
  }

  @Test
  void showsTheLastAttemptsOfMany() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    int attempts = Delivery.MOST_ATTEMPTS_SHOWN + 3;
    for (int i = 0; i < attempts; i++) {
      settle(awaitLease(), BUSY, AT_ONCE, EndpointHealth.GOOD);
    }

    Delivery delivery = only(endpoint);

    assertThat(delivery.attempts()).isEqualTo(attempts);
    assertThat(delivery.made()).hasSize(Delivery.MOST_ATTEMPTS_SHOWN);
    assertThat(delivery.made().getFirst().number()).isEqualTo(4);
    assertThat(delivery.made().getLast().number()).isEqualTo(attempts);
  }

  @Test
  void keepsWhatWasTried() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();

    settle(lease(10).getFirst(), BUSY, AT_ONCE);
    settle(awaitLease(), LATE, LONG);

    Delivery pending = only(endpoint);
    assertThat(pending.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(pending.attempts()).isEqualTo(2);
    assertThat(pending.doneAt()).isNull();
    assertThat(pending.nextDue()).isAfter(Instant.now().plus(Duration.ofMinutes(50)));
    assertThat(pending.made())
        .containsExactly(new DeliveryAttempt(1, NOW, BUSY), new DeliveryAttempt(2, NOW, LATE));
  }

  @Test
  void tellsWhenADeliveryWasOver() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> both = lease(10);

    settle(both.getFirst(), OK, null);
    giveUp(both.getLast());

    List<Delivery> over = listed(endpoint);
    assertThat(over)
        .extracting(Delivery::state)
        .containsExactly(DeliveryState.GIVEN_UP, DeliveryState.DELIVERED);
    assertThat(over).allMatch(delivery -> delivery.doneAt() != null && delivery.nextDue() == null);
    assertThat(over).extracting(Delivery::attempts).containsOnly(1);
    assertThat(lease(10)).isEmpty();
  }

  @Test
  void decidesByHowTheEndpointDidBefore() {
    endpoint();
    tellOfJobs(3);
    numberAll();
    List<EndpointHealth> seen = new ArrayList<>();

    for (Leased leased : lease(10)) {
      settle(
          leased,
          new DeliveryAttempt(1, NOW, BUSY),
          before -> {
            seen.add(before);
            return new Outcome(
                DeliveryState.PENDING, LONG, before.after(BUSY, NOW), Duration.ZERO, null);
          });
    }

    assertThat(seen)
        .containsExactly(
            EndpointHealth.GOOD,
            new EndpointHealth(1, NOW, false),
            new EndpointHealth(2, NOW, false));
  }

  /// As if each had been settled by itself, in the order in which they are given.
  @Test
  void settlesManyTogetherEachByWhatCameOfIt() {
    Endpoint endpoint = endpoint();
    tellOfJobs(4);
    numberAll();
    List<Leased> four = lease(10);
    List<EndpointHealth> seen = new ArrayList<>();

    boolean disabled =
        deliveries()
            .settle(
                List.of(
                    seeing(seen, ended(four.get(0), BUSY, LONG)),
                    seeing(seen, ended(four.get(1), OK, null)),
                    seeing(seen, ended(four.get(2), BUSY, LONG)),
                    new Ended(
                        four.get(3),
                        new DeliveryAttempt(1, NOW, LATE),
                        before -> {
                          seen.add(before);
                          return new Outcome(
                              DeliveryState.GIVEN_UP, null, before, Duration.ZERO, null);
                        })));

    assertThat(disabled).isFalse();
    assertThat(seen)
        .containsExactly(
            EndpointHealth.GOOD,
            new EndpointHealth(1, NOW, false),
            EndpointHealth.GOOD,
            new EndpointHealth(1, NOW, false));
    List<Delivery> deliveries = listed(endpoint).reversed();
    assertThat(deliveries)
        .extracting(Delivery::state)
        .containsExactly(
            DeliveryState.PENDING,
            DeliveryState.DELIVERED,
            DeliveryState.PENDING,
            DeliveryState.GIVEN_UP);
    assertThat(deliveries)
        .extracting(delivery -> delivery.made().getFirst().answer())
        .satisfiesExactly(
            busy -> assertThat(busy).isEqualTo(BUSY),
            fine -> assertThat(fine.delivered()).isTrue(),
            busy -> assertThat(busy).isEqualTo(BUSY),
            late -> assertThat(late).isEqualTo(LATE));
    redeliver(four.getFirst().event(), endpoint);
    assertThat(healthBefore(awaitLease())).isEqualTo(new EndpointHealth(1, NOW, false));
  }

  /// The lapsed attempt counts no longer, in whatever order the two are settled.
  @Test
  void settlesTwoAttemptsAtOneDeliveryTogetherAsOneAfterTheOther() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> lapsed = leaseFor(SHORT_LEASE);
    List<Leased> again = List.of(awaitLease(), awaitLease());
    EndpointHealth open = new EndpointHealth(50, NOW, false);

    boolean _ =
        deliveries()
            .settle(
                List.of(
                    new Ended(
                        lapsed.get(0),
                        new DeliveryAttempt(1, NOW, BUSY),
                        _ -> outcome(BUSY, LONG, open)),
                    ended(lapsed.get(1), OK, null),
                    ended(again.get(0), OK, null),
                    new Ended(
                        again.get(1),
                        new DeliveryAttempt(2, NOW, BUSY),
                        _ -> outcome(BUSY, LONG, open))));

    assertThat(again).extracting(Leased::attempt).containsOnly(2);
    assertThat(listed(endpoint)).extracting(Delivery::state).containsOnly(DeliveryState.DELIVERED);
    assertThat(listed(endpoint)).allMatch(delivery -> delivery.made().size() == 2);
    redeliver(lapsed.getFirst().event(), endpoint);
    assertThat(healthBefore(awaitLease())).isEqualTo(EndpointHealth.GOOD);
  }

  @Test
  void settlesNoneOfThemWhenOneCannotBeSettled() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> both = lease(10);
    Ended broken =
        new Ended(
            both.getLast(),
            new DeliveryAttempt(1, NOW, OK),
            _ -> {
              throw new IllegalStateException("cannot be decided");
            });

    assertThatThrownBy(() -> deliveries().settle(List.of(ended(both.getFirst(), OK, null), broken)))
        .hasMessage("cannot be decided");

    assertThat(listed(endpoint)).extracting(Delivery::state).containsOnly(DeliveryState.PENDING);
    assertThat(listed(endpoint)).allMatch(delivery -> delivery.made().isEmpty());
    settle(both.getFirst(), OK, null);
    assertThat(listed(endpoint).getLast().state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void leasesWhatAnAttemptLeavesFreeAsItIsSettled() {
    endpoint();
    Endpoint other = endpoint();
    tellOfJobs(PER_ENDPOINT + 2);
    numberAll();
    List<Leased> first = lease(10);

    List<Leased> next =
        deliveries()
            .settleAndLease(
                List.of(ended(first.get(0), OK, null), ended(first.get(1), OK, null)),
                new Share("node", 10, PER_SCOPE, PER_ENDPOINT, LEASE));

    assertThat(first).hasSize(2 * PER_ENDPOINT);
    assertThat(next).hasSize(2);
    assertThat(next).extracting(Leased::endpoint).containsOnly(first.getFirst().endpoint());
    assertThat(next).extracting(leased -> place(leased.event())).containsExactly(5, 6);
    assertThat(lease(10)).isEmpty();
    assertThat(listed(other)).hasSize(PER_ENDPOINT + 2);
  }

  @Test
  void disablesAnEndpointOnceAndTellsOfIt() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    long before = events().newest();
    List<Leased> both = lease(10);

    boolean first = disable(both.getFirst());
    boolean second = disable(both.getLast());
    numberAll();

    assertThat(first).isTrue();
    assertThat(second).isFalse();
    Endpoint now = ports().endpoints().find(scope(), endpoint.id()).orElseThrow();
    assertThat(now.details().enabled()).isFalse();
    assertThat(now.disabledBy()).isEqualTo(DisableReason.FAILING);
    assertThat(now.revision()).isEqualTo(endpoint.revision() + 1);
    assertThat(read(scope(), before).stream().map(StoredEvent::event).toList())
        .isEqualTo(List.of(EndpointEvent.disabled(endpoint.id(), DisableReason.FAILING, NOW)));
    assertThat(lease(10)).isEmpty();
    assertThat(listed(endpoint)).extracting(Delivery::made).allMatch(made -> made.size() == 1);
  }

  @Test
  void deliversAnEventAgainWhenAsked() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> first = lease(10);
    settle(first.getFirst(), OK, null);
    giveUp(first.getLast());
    Endpoint later = endpoint();

    for (Leased leased : first) {
      redeliver(leased.event(), endpoint);
      redeliver(leased.event(), later);
    }

    List<Leased> again = lease(10);
    assertThat(again).extracting(Leased::attempt).containsExactlyInAnyOrder(2, 2, 1, 1);
    assertThat(again).extracting(Leased::tries).containsOnly(1);
    assertThat(again.stream().map(Leased::event).distinct().toList())
        .isEqualTo(first.stream().map(Leased::event).toList());
    assertThat(listed(endpoint)).extracting(Delivery::state).containsOnly(DeliveryState.PENDING);
    assertThat(listed(endpoint)).extracting(Delivery::doneAt).containsOnlyNulls();
    again.forEach(leased -> settle(leased, OK, null));
    assertThat(listed(endpoint)).allMatch(delivery -> delivery.made().size() == 2);
    assertThat(listed(later)).extracting(Delivery::state).containsOnly(DeliveryState.DELIVERED);
  }

  @Test
  void deliversAtOnceWhatWaitsForItsNextAttempt() {
    endpoint();
    tellOfJobs(1);
    numberAll();
    Leased leased = lease(10).getFirst();
    settle(leased, BUSY, LONG);
    assertThat(lease(10)).isEmpty();

    redeliver(leased.event(), leased);

    assertThat(awaitLease().attempt()).isEqualTo(2);
  }

  @Test
  void sendsNothingTwiceAtTheSameTime() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased underWay = lease(10).getFirst();

    redeliver(underWay.event(), endpoint);

    assertThat(lease(10)).isEmpty();
    settle(underWay, OK, null);
    assertThat(lease(10)).isEmpty();
    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  /// As if it had just happened, once that attempt is over.
  @Test
  void beginsAnewAfterTheAttemptThatIsUnderWay() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased underWay = lease(10).getFirst();

    redeliver(underWay.event(), endpoint);
    settle(underWay, BUSY, LONG, new EndpointHealth(50, NOW, false));

    Leased again = awaitLease();
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.tries()).isEqualTo(1);
    assertThat(healthBefore(again)).isEqualTo(EndpointHealth.GOOD);
  }

  @Test
  void putsARedeliveredEventBeforeLaterOnesOfItsJob() {
    Endpoint endpoint = endpoint();
    JobId job = newJob();
    tell(job, EventType.BULK_STARTED);
    numberAll();
    Leased first = lease(10).getFirst();
    settle(first, OK, null);
    tell(job, EventType.BULK_PAUSED);
    numberAll();

    redeliver(first.event(), endpoint);

    Leased again = awaitLease();
    assertThat(again.event()).isEqualTo(first.event());
    assertThat(lease(10)).isEmpty();
    settle(again, OK, null);
    assertThat(awaitLease().event()).isEqualTo(newest());
  }

  @Test
  void takesARedeliveryBackWithItsTransaction() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased done = lease(10).getFirst();
    settle(done, OK, null);

    try {
      ports()
          .transactions()
          .run(() -> {
            deliveries().redeliver(done.event(), endpoint.id());
            throw new IllegalStateException("taken back");
          });
    } catch (IllegalStateException takenBack) {
      assertThat(takenBack).hasMessage("taken back");
    }

    assertThat(lease(10)).isEmpty();
    assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void givesUpWhatNobodyTries() {
    Endpoint endpoint = store(scope(), details(true));
    tellOfJobs(3);
    numberAll();
    change(endpoint, details(false));

    assertThat(deliveries().giveUp(LONG, 10)).as("too new").isZero();
    assertThat(deliveries().giveUp(Duration.ZERO, 2)).isEqualTo(2);
    while (deliveries().giveUp(Duration.ZERO, 10) > 0) {
      // what other tests left behind is given up, too
    }

    assertThat(listed(endpoint)).extracting(Delivery::state).containsOnly(DeliveryState.GIVEN_UP);
    change(endpoint, details(true));
    assertThat(lease(10)).isEmpty();
  }

  @Test
  void listsByEventAndStateAndPage() {
    Endpoint endpoint = endpoint();
    tellOfJobs(5);
    numberAll();
    List<Leased> leased = lease(10);
    settle(leased.get(0), OK, null);
    giveUp(leased.get(1));

    Page<Delivery> first = list(endpoint, ALL, 2, 0, OptionalLong.empty());
    Page<Delivery> second = list(endpoint, ALL, 3, 0, first.next());

    assertThat(places(first)).containsExactly(5, 4);
    assertThat(places(second)).containsExactly(3, 2, 1);
    assertThat(second.next()).isEmpty();
    assertThat(first.totalSize()).isEqualTo(5);
    assertThat(places(list(endpoint, ALL, 2, 2, OptionalLong.empty()))).containsExactly(3, 2);
    assertThat(places(of(endpoint, DeliveryState.DELIVERED))).containsExactly(1);
    assertThat(places(of(endpoint, DeliveryState.GIVEN_UP))).containsExactly(2);
    assertThat(places(of(endpoint, DeliveryState.PENDING))).containsExactly(5, 4, 3);
    assertThat(of(endpoint, DeliveryState.GIVEN_UP, DeliveryState.DELIVERED).totalSize())
        .isEqualTo(2);
    Filter one = new Filter(leased.get(2).event().id(), Set.of());
    assertThat(places(list(endpoint, one, 5, 0, OptionalLong.empty()))).containsExactly(3);
    Filter other = new Filter(leased.get(2).event().id(), Set.of(DeliveryState.DELIVERED));
    assertThat(list(endpoint, other, 5, 0, OptionalLong.empty()).items()).isEmpty();
  }

  @Test
  void showsAScopeItsOwnOnly() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();

    for (Scope other : List.of(testScope(), ports().newScope().get())) {
      assertThat(deliveries().list(other, endpoint.id(), ALL, PageRequest.first()).items())
          .isEmpty();
    }
    assertThat(listed(endpoint)).hasSize(1);
  }

  private static Ended seeing(List<EndpointHealth> seen, Ended ended) {
    return new Ended(
        ended.leased(),
        ended.attempt(),
        before -> {
          seen.add(before);
          return ended.decide().apply(before);
        });
  }

  private Page<Delivery> of(Endpoint endpoint, DeliveryState... states) {
    return list(endpoint, new Filter(null, Set.of(states)), 10, 0, OptionalLong.empty());
  }

  private Page<Delivery> list(
      Endpoint endpoint, Filter filter, int size, int skip, OptionalLong after) {
    return deliveries().list(scope(), endpoint.id(), filter, new PageRequest(size, skip, after));
  }

  private List<Integer> places(Page<Delivery> page) {
    return page.items().stream().map(delivery -> place(delivery.event())).toList();
  }
}

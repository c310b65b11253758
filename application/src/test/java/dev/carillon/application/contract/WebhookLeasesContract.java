package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// When every store has deliveries to the endpoints of webhooks be tried, and by whom.
public abstract class WebhookLeasesContract extends AttemptsContract {
  @Test
  void putsEventsDownForThoseWhoHearOfThem() {
    Endpoint all = endpoint();
    Endpoint ends = endpoint(EventType.BULK_COMPLETED, EventType.BULK_FAILED);
    Endpoint off = store(scope(), details(false));
    Endpoint elsewhere = store(testScope(), details(true));
    Endpoint foreign = store(ports().newScope().get(), details(true));
    JobId job = newJob();
    tell(job, EventType.BULK_STARTED);
    tell(job, EventType.BULK_COMPLETED);
    ports()
        .transactions()
        .run(() -> ports().outbox().append(scope(), EndpointEvent.test(ends.id(), NOW)));
    numberAll();

    assertThat(listed(all))
        .extracting(WebhookDeliveriesContract::type)
        .containsExactly(EventType.BULK_COMPLETED, EventType.BULK_STARTED);
    assertThat(listed(ends))
        .extracting(WebhookDeliveriesContract::type)
        .containsExactly(EventType.WEBHOOK_TEST, EventType.BULK_COMPLETED);
    assertThat(listed(all)).extracting(Delivery::state).containsOnly(DeliveryState.PENDING);
    assertThat(listed(all)).extracting(Delivery::attempts).containsOnly(0);
    for (Endpoint nothing : List.of(off, elsewhere, foreign)) {
      assertThat(listed(nothing)).isEmpty();
    }
  }

  @Test
  void leasesADeliveryWithAllThatIsNeededToTryIt() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();

    Leased leased = lease(10).getFirst();

    assertThat(leased.endpointId()).isEqualTo(endpoint.id());
    assertThat(leased.event()).isEqualTo(newest());
    assertThat(leased.url()).isEqualTo(endpoint.details().url());
    assertThat(leased.secrets()).isEqualTo(endpoint.secrets());
    assertThat(leased.attempt()).isEqualTo(1);
    assertThat(leased.tries()).isEqualTo(1);
    assertThat(leased.createdAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(leased.leasedAt()).isBetween(leased.createdAt(), Instant.now());
  }

  @Test
  void leasesEachDeliveryToOneAndEventsOfAJobInTheirOrder() {
    endpoint();
    List<JobId> jobs = List.of(newJob(), newJob(), newJob());
    for (JobId job : jobs) {
      tell(job, EventType.BULK_STARTED);
      tell(job, EventType.BULK_COMPLETED);
    }
    numberAll();
    List<Leased> first = lease(10);
    List<Leased> none = lease(10);
    settle(first.getFirst(), OK, null);
    List<Leased> next = lease(10);

    assertThat(first).extracting(leased -> place(leased.event())).containsExactly(1, 3, 5);
    assertThat(none).isEmpty();
    assertThat(next).extracting(leased -> place(leased.event())).containsExactly(2);
  }

  /// However it ends, and however long it takes.
  @Test
  void keepsTheNextEventOfAJobBackUntilTheOneBeforeIsOver() {
    endpoint();
    JobId job = newJob();
    tell(job, EventType.BULK_STARTED);
    tell(job, EventType.BULK_PAUSED);
    tell(job, EventType.BULK_COMPLETED);
    numberAll();
    settle(lease(10).getFirst(), BUSY, AT_ONCE);
    tell(job, EventType.BULK_SETTLED);
    numberAll();
    Leased again = awaitLease();
    assertThat(place(again.event())).isEqualTo(1);
    settle(again, BUSY, LONG);
    assertThat(lease(10)).as("behind one that waits").isEmpty();
    tellOfJobs(1);
    numberAll();
    Leased other = awaitLease();
    assertThat(place(other.event())).as("no other job waits").isEqualTo(5);

    giveUp(again);
    Leased second = awaitLease();
    assertThat(place(second.event())).isEqualTo(2);
    settle(second, OK, null);
    Leased third = awaitLease();
    assertThat(place(third.event())).isEqualTo(3);
    settle(third, OK, null);
    assertThat(place(awaitLease().event())).isEqualTo(4);
  }

  @Test
  void leasesNoMoreOfAnEndpointThanAllowedAndNoneLessOfTheOthers() {
    endpoint();
    endpoint();
    tellOfJobs(9);
    numberAll();

    List<Leased> first = lease(100);

    assertThat(first).hasSize(2 * PER_ENDPOINT);
    assertThat(first.stream().map(Leased::endpoint).distinct()).hasSize(2);
    assertThat(lease(100)).isEmpty();
    settle(first.getFirst(), OK, null);
    assertThat(lease(100)).hasSize(1);
  }

  /// However many endpoints it has: others are not kept waiting by a business.
  @Test
  void leasesNoMoreOfABusinessThanAllowed() {
    endpoint();
    endpoint();
    Scope other = ports().newScope().get();
    Endpoint foreign = store(other, details(true));
    Endpoint test = store(testScope(), details(true));
    tellOfJobs(4);
    tell(other, newJob(), EventType.BULK_STARTED);
    tell(testScope(), newJob(), EventType.BULK_STARTED);
    numberAll();
    Share three = new Share("node", 100, 3, PER_ENDPOINT, LEASE);

    List<Leased> first = deliveries().lease(three);

    assertThat(first).hasSize(5);
    assertThat(first.stream().filter(leased -> leased.event().scope().equals(scope()))).hasSize(3);
    assertThat(first).extracting(Leased::endpointId).contains(foreign.id()).contains(test.id());
    assertThat(deliveries().lease(three)).isEmpty();
    Leased own =
        first.stream()
            .filter(leased -> leased.event().scope().equals(scope()))
            .findFirst()
            .orElseThrow();
    settle(own, OK, null);
    Await.until("another one of the business", () -> !deliveries().lease(three).isEmpty());
  }

  @Test
  void leasesNoMoreThanAskedForAndTheRestThen() {
    endpoint();
    endpoint();
    tellOfJobs(4);
    numberAll();

    assertThat(lease(3)).hasSize(3);
    assertThat(lease(3)).hasSize(3);
    assertThat(lease(3)).hasSize(2);
  }

  @Test
  void leasesAgainWhatANodeLeftBehind() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();

    Leased lost = leaseFor(SHORT_LEASE).getFirst();
    Leased again = awaitLease();
    settle(lost, BUSY, AT_ONCE);

    assertThat(again.event()).isEqualTo(lost.event());
    assertThat(again.attempt()).isEqualTo(2);
    // the first one's failure is told, and decides nothing any more
    assertThat(lease(10)).isEmpty();
    settle(again, OK, null);
    Delivery delivery = only(endpoint);
    assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery.made()).extracting(DeliveryAttempt::number).containsExactly(1, 2);
  }

  @Test
  void triesOneAtATimeWhereTheCircuitIsOpen() {
    endpoint();
    Endpoint other = endpoint(EventType.BULK_PAUSED);
    tellOfJobs(9);
    numberAll();
    EndpointHealth open = new EndpointHealth(EndpointHealth.FAILURES_TO_OPEN + 1, NOW, false);
    List<Leased> first = lease(10);
    first.forEach(leased -> settle(leased, BUSY, AT_ONCE, open));

    assertThat(first).hasSize(PER_ENDPOINT);
    assertThat(lease(10)).as("paused").isEmpty();
    tell(newJob(), EventType.BULK_PAUSED);
    numberAll();
    assertThat(awaitLease().endpointId()).as("nobody else is").isEqualTo(other.id());
    Leased trial = awaitLease();
    assertThat(lease(10)).as("no second beside it").isEmpty();
    settle(trial, OK, null);
    assertThat(lease(10)).as("closed again").hasSize(PER_ENDPOINT);
  }

  @Test
  void triesOneAtATimeWhereAReceiverIsSlow() {
    endpoint();
    tellOfJobs(9);
    numberAll();
    List<Leased> first = lease(10);

    first.forEach(leased -> settle(leased, OK, AT_ONCE, new EndpointHealth(0, null, true)));

    assertThat(first).hasSize(PER_ENDPOINT);
    Leased one = awaitLease();
    assertThat(lease(10)).isEmpty();
    settle(one, OK, AT_ONCE, EndpointHealth.GOOD);
    assertThat(lease(10)).hasSize(PER_ENDPOINT);
  }

  /// Whatever is due, and however its health is.
  @Test
  void leavesAnEndpointAloneForAsLongAsItIsToBe() {
    endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> both = lease(10);
    boolean _ =
        settle(
            both.getFirst(),
            new DeliveryAttempt(1, NOW, BUSY),
            before ->
                new Outcome(DeliveryState.PENDING, AT_ONCE, before, Duration.ofSeconds(2), null));
    settle(both.getLast(), OK, null);
    tellOfJobs(1);
    numberAll();

    assertThat(lease(10)).isEmpty();
    assertThat(awaitLease().attempt()).isPositive();
  }

  @Test
  void beginsAnewWhereItsOwnerEnablesItAgain() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> both = lease(10);
    settle(both.getLast(), BUSY, LONG, new EndpointHealth(50, NOW, false));
    disable(both.getFirst());
    assertThat(lease(10)).isEmpty();

    change(endpoint, details(true));

    List<Leased> again = lease(10);
    assertThat(again).extracting(Leased::attempt).containsExactly(2, 2);
    assertThat(again).extracting(Leased::tries).containsExactly(1, 1);
    assertThat(ports().endpoints().find(scope(), endpoint.id()).orElseThrow().disabledBy())
        .isNull();
    assertThat(healthBefore(again.getFirst())).isEqualTo(EndpointHealth.GOOD);
  }

  @Test
  void beginsAnewWhereItsAddressChanges() {
    Endpoint endpoint = endpoint();
    tellOfJobs(2);
    numberAll();
    List<Leased> both = lease(10);
    settle(both.getFirst(), BUSY, LONG, new EndpointHealth(50, NOW, false));
    Leased underWay = both.getLast();

    change(endpoint, new EndpointDetails("https://new.example/", Set.of(), "", true));

    Leased again = awaitLease();
    assertThat(again.event()).isEqualTo(both.getFirst().event());
    assertThat(again.url()).isEqualTo("https://new.example/");
    assertThat(again.tries()).isEqualTo(1);
    assertThat(disable(underWay)).as("it was sent to the old one").isFalse();
    Leased anew = awaitLease();
    assertThat(anew.event()).isEqualTo(underWay.event());
    assertThat(anew.attempt()).isEqualTo(2);
    assertThat(anew.tries()).isEqualTo(1);
    assertThat(healthBefore(anew)).isEqualTo(EndpointHealth.GOOD);
  }

  @Test
  void keepsItsPausesWhenSomethingElseIsChanged() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    settle(lease(10).getFirst(), BUSY, LONG);

    change(endpoint, new EndpointDetails(endpoint.details().url(), Set.of(), "new", true));

    assertThat(lease(10)).isEmpty();
  }

  @Test
  void sendsNothingToADeletedEndpoint() {
    Endpoint endpoint = endpoint();
    tellOfJobs(PER_ENDPOINT + 1);
    numberAll();
    Leased underWay = lease(10).getFirst();

    ports()
        .transactions()
        .run(() -> {
          boolean deleted = ports().endpoints().delete(scope(), endpoint.id(), NOW);
          assertThat(deleted).isTrue();
        });
    AtomicInteger decided = new AtomicInteger();
    boolean disabled =
        settle(
            underWay,
            new DeliveryAttempt(1, NOW, BUSY),
            before -> {
              decided.incrementAndGet();
              return new Outcome(
                  DeliveryState.PENDING, AT_ONCE, before, Duration.ZERO, DisableReason.GONE);
            });
    tellOfJobs(1);
    numberAll();

    assertThat(disabled).isFalse();
    assertThat(decided).hasValue(0);
    assertThat(lease(10)).isEmpty();
  }

  /// Nodes that lease and fail at random while events are still numbered: each attempt is leased
  /// once, no endpoint has more at a time than allowed, events of a job come one after the other,
  /// and in the end all of them are delivered.
  @Test
  void keepsItsPromisesWhileManyNodesLeaseAndFail() {
    long seed = new Random().nextLong();
    List<Endpoint> endpoints = List.of(endpoint(), endpoint(), endpoint());
    int jobs = 12;
    List<EventType> story =
        List.of(EventType.BULK_STARTED, EventType.BULK_PAUSED, EventType.BULK_COMPLETED);
    List<JobId> told = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      told.add(newJob());
    }
    for (EventType type : story) {
      told.forEach(job -> tell(job, type));
    }
    int all = jobs * story.size() * endpoints.size();
    Watched watched = new Watched();
    AtomicInteger nodes = new AtomicInteger();
    Instant end = Instant.now().plusSeconds(45);
    Background<Integer> numbering =
        Background.start(() -> {
          // also when all have their numbers: an endpoint that was locked then is told later
          while (watched.delivered() < all && Instant.now().isBefore(end)) {
            var _ = events().number(5);
          }
          return told().size();
        });
    Background.together(
        4,
        () -> {
          Random random = new Random(seed + nodes.incrementAndGet());
          while (watched.delivered() < all && Instant.now().isBefore(end)) {
            for (Leased leased : lease(10)) {
              watched.begin(leased);
              boolean well = random.nextInt(3) > 0;
              watched.end(leased, well);
              settle(leased, well ? OK : BUSY, AT_ONCE, EndpointHealth.GOOD);
            }
          }
          return 0;
        });
    assertThat(numbering.result()).as("seed %s", seed).isEqualTo(jobs * story.size());

    assertThat(watched.complaints()).as("seed %s", seed).isEmpty();
    assertThat(watched.delivered()).as("seed %s", seed).isEqualTo(all);
    for (Endpoint endpoint : endpoints) {
      assertThat(listed(endpoint))
          .as("seed %s", seed)
          .hasSize(jobs * story.size())
          .extracting(Delivery::state)
          .containsOnly(DeliveryState.DELIVERED);
    }
  }
}

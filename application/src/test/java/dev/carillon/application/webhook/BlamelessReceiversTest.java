package dev.carillon.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import dev.carillon.domain.webhook.DeliveryAnswer.Unanswered;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.SealedSecret;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What goes wrong on this side of the wire is nothing that a receiver did.
class BlamelessReceiversTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final DeliveryAnswer FINE = new Answered(200, null, "", Duration.ofMillis(1));

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Scope scope = store.newScope();
  private final SequentialIds ids = new SequentialIds();
  private final Sender sender = new Sender();
  private long nanos;

  @Test
  void leavesWhatNobodyTriedUntilItsLeaseIsOver() {
    Endpoint endpoint = endpoint();
    tell(endpoint);
    DeliverEvents deliver = deliver(store.deliveries(), Runnable::run);
    sender.answer = Optional.empty();
    deliver.handle();

    assertThat(delivery(endpoint).state()).isEqualTo(DeliveryState.PENDING);
    assertThat(delivery(endpoint).made()).isEmpty();

    sender.answer = Optional.of(FINE);
    clock.advance(WebhookSettings.DEFAULTS.leaseTime());
    deliver.handle();
    assertThat(delivery(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery(endpoint).made()).hasSize(1);
  }

  @Test
  void switchesNobodyOffWhoseSecretCannotBeRead() {
    Endpoint endpoint = endpoint();
    DeliverEvents deliver = deliver(store.deliveries(), Runnable::run);
    sender.answer = Optional.of(new Unanswered(Cause.SECRET_UNREADABLE, Duration.ZERO));
    for (int hour = 0; hour < 24 * 8; hour++) {
      tell(endpoint);
      deliver.handle();
      clock.advance(Duration.ofHours(1));
    }

    assertThat(store.endpoints().find(scope, endpoint.id()).orElseThrow().details().enabled())
        .isTrue();
  }

  /// Others have leased it meanwhile, or will before this attempt is over.
  @Test
  void sendsNothingWhoseLeaseWasSleptThrough() {
    Endpoint endpoint = endpoint();
    tell(endpoint);
    ArrayDeque<Runnable> begun = new ArrayDeque<>();
    deliver(store.deliveries(), begun::add).handle();
    nanos += WebhookSettings.DEFAULTS.beginWithin().plusMillis(1).toNanos();

    begun.remove().run();

    assertThat(sender.sent).isEmpty();
    assertThat(delivery(endpoint).made()).isEmpty();
  }

  /// The engine needs the store, too.
  @Test
  void settlesAFewAtATime() throws Exception {
    for (int i = 0; i < 5; i++) {
      Endpoint endpoint = endpoint();
      for (int j = 0; j < 4; j++) {
        tell(endpoint);
      }
    }
    Gated gated = new Gated(store.deliveries());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      DeliverEvents deliver = deliver(gated, threads);
      assertThat(deliver.handle()).isEqualTo(20);
      try {
        Await.until("all are answered", () -> sender.sent.size() == 20);
        Await.until("some are being settled", () -> gated.inside.get() >= 4);
      } finally {
        gated.open.countDown();
      }
      assertThat(deliver.awaitQuiet(Duration.ofSeconds(20))).isTrue();
    }

    assertThat(gated.settled).hasValue(20);
    assertThat(gated.most).hasValue(4);
  }

  private DeliverEvents deliver(WebhookDeliveries deliveries, Executor threads) {
    return new DeliverEvents(
        deliveries,
        sender,
        new DeliverEvents.Outside("node", threads, () -> 0, () -> nanos),
        WebhookSettings.DEFAULTS);
  }

  private Endpoint endpoint() {
    Endpoint endpoint =
        Endpoint.create(
            new EndpointId(ids.nextId(clock.instant())),
            scope,
            new EndpointDetails("https://one.example/", Set.of(), "", true),
            new SealedSecret("sealed"),
            "k",
            clock.instant());
    store.run(() -> store.endpoints().insert(endpoint));
    return endpoint;
  }

  private void tell(Endpoint endpoint) {
    store.run(() -> {
      var _ = store.outbox().append(scope, EndpointEvent.test(endpoint.id(), clock.instant()));
    });
    store.events().number(100);
  }

  private Delivery delivery(Endpoint endpoint) {
    return store
        .deliveries()
        .list(
            scope, endpoint.id(), new WebhookDeliveries.Filter(null, Set.of()), PageRequest.first())
        .items()
        .getLast();
  }

  /// Answers everything alike.
  private static final class Sender implements WebhookSender {
    private final List<Request> sent = new CopyOnWriteArrayList<>();
    private Optional<DeliveryAnswer> answer = Optional.of(FINE);

    @Override
    public Optional<DeliveryAnswer> send(Request request) {
      sent.add(request);
      return answer;
    }

    @Override
    public Optional<String> refusal(String url) {
      return Optional.empty();
    }
  }

  /// Settles nothing before it is opened.
  private static final class Gated implements WebhookDeliveries {
    private final WebhookDeliveries behind;
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();

    Gated(WebhookDeliveries behind) {
      this.behind = behind;
    }

    @Override
    public boolean settle(List<Ended> ended) {
      return behind.settle(ended);
    }

    @Override
    public List<Leased> settleAndLease(List<Ended> ended, Share share) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        open.await();
        settled.addAndGet(ended.size());
        return behind.settleAndLease(ended, share);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      } finally {
        inside.decrementAndGet();
      }
    }

    @Override
    public List<Leased> lease(Share share) {
      return behind.lease(share);
    }

    @Override
    public int giveUp(Duration waited, int atMost) {
      return behind.giveUp(waited, atMost);
    }

    @Override
    public Page<Delivery> list(Scope scope, EndpointId endpoint, Filter filter, PageRequest page) {
      return behind.list(scope, endpoint, filter, page);
    }

    @Override
    public void redeliver(StoredEvent event, EndpointId endpoint) {
      behind.redeliver(event, endpoint);
    }
  }
}

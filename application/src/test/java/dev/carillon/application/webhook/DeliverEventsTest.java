package dev.carillon.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries.Filter;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.SealedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliverEventsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Scope scope = store.newScope();
  private final Sender sender = new Sender();
  private final AtomicInteger secrets = new AtomicInteger();
  private long nanos;
  private Duration frozen = Duration.ZERO;
  private final DeliverEvents deliver = withRoomFor(WebhookSettings.DEFAULTS.inFlight());

  @Test
  void sendsWhatHappenedOnce() {
    endpoint("https://one.example/");
    tell(1, EventType.BULK_COMPLETED);

    work();
    work();

    assertThat(sender.sent).hasSize(1);
    assertThat(sender.sent.getFirst().url()).isEqualTo("https://one.example/");
    assertThat(sender.sent.getFirst().body()).contains("\"event\":\"bulk.completed\"");
    assertThat(sender.sent.getFirst().at()).isEqualTo(NOW);
  }

  @Test
  void triesAgainWhenItsTimeHasComeUnderTheSameId() {
    Endpoint endpoint = endpoint("https://one.example/");
    tell(1, EventType.BULK_COMPLETED);
    sender.status = 500;
    work();
    work();
    assertThat(sender.sent).hasSize(1);

    sender.status = 200;
    clock.advance(Duration.ofSeconds(5));
    work();

    assertThat(sender.sent).hasSize(2);
    assertThat(sender.sent.getFirst().event()).isEqualTo(sender.sent.getLast().event());
    assertThat(delivery(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivery(endpoint).made()).hasSize(2);
  }

  @Test
  void tellsALaterEventOfAJobOnlyAfterTheEarlierOne() {
    endpoint("https://one.example/");
    tell(1, EventType.BULK_STARTED);
    tell(1, EventType.BULK_COMPLETED);
    tell(2, EventType.BULK_STARTED);
    sender.status = 500;
    work();
    assertThat(sender.sent).hasSize(2);

    sender.status = 200;
    clock.advance(Duration.ofSeconds(5));
    work();
    work();

    assertThat(sender.sent).hasSize(5);
    assertThat(sender.sent)
        .extracting(WebhookSender.Request::body)
        .filteredOn(body -> body.contains(new UUID(0, 1).toString()))
        .satisfiesExactly(
            failed -> assertThat(failed).contains("bulk.started"),
            again -> assertThat(again).contains("bulk.started"),
            later -> assertThat(later).contains("bulk.completed"));
  }

  @Test
  void givesUpAfterThreeDaysAndSwitchesTheEndpointOff() {
    Endpoint endpoint = endpoint("https://one.example/");
    Endpoint other = endpoint("https://two.example/");
    tell(1, EventType.BULK_COMPLETED);
    sender.status = 500;
    int hours = 0;
    while (delivery(endpoint).state() == DeliveryState.PENDING && hours++ < 100) {
      work();
      clock.advance(Duration.ofHours(1));
    }

    assertThat(delivery(endpoint).state()).isEqualTo(DeliveryState.GIVEN_UP);
    assertThat(hours).isBetween(58, 73);

    clock.advance(Duration.ofHours(20));
    tell(2, EventType.BULK_COMPLETED);
    work();
    assertThat(stored(other).disabledBy()).isEqualTo(DisableReason.FAILING);
    assertThat(store.events().number(10)).isPositive();
    assertThat(store.events().read(scope, 0, Set.of(EventType.WEBHOOK_DISABLED), 10).events())
        .hasSize(2);
  }

  @Test
  void leavesWhoIsGoneAlone() {
    Endpoint endpoint = endpoint("https://one.example/");
    tell(1, EventType.BULK_COMPLETED);
    sender.status = 410;
    work();

    assertThat(stored(endpoint).details().enabled()).isFalse();
    assertThat(stored(endpoint).disabledBy()).isEqualTo(DisableReason.GONE);
    assertThat(delivery(endpoint).state()).isEqualTo(DeliveryState.GIVEN_UP);
  }

  /// Its own clock may stand anywhere.
  @Test
  void goesByTheStoresTimeAndByWhatHasPassedSince() {
    Endpoint endpoint = endpoint("https://one.example/");
    tell(1, EventType.BULK_COMPLETED);
    nanos = -7;
    work();
    frozen = Duration.ofSeconds(3);
    tell(2, EventType.BULK_COMPLETED);
    work();

    assertThat(sender.sent)
        .extracting(WebhookSender.Request::at)
        .containsExactly(NOW, NOW.plusSeconds(3));
    assertThat(delivery(endpoint).made().getFirst().at()).isIn(NOW, NOW.plusSeconds(3));
  }

  @Test
  void leavesABusyReceiverAloneWithEverything() {
    endpoint("https://one.example/");
    sender.status = 429;
    sender.retryAfter = Duration.ofMinutes(5);
    tell(1, EventType.BULK_COMPLETED);
    work();
    tell(2, EventType.BULK_COMPLETED);
    work();
    assertThat(sender.sent).hasSize(1);

    sender.status = 200;
    clock.advance(Duration.ofMinutes(6));
    work();
    assertThat(sender.sent).hasSize(3);
  }

  @Test
  void triesARedeliveredEventAsIfItHadJustHappened() {
    Endpoint endpoint = endpoint("https://one.example/");
    tell(1, EventType.BULK_COMPLETED);
    sender.status = 500;
    for (int hour = 0; hour < 48; hour++) {
      work();
      clock.advance(Duration.ofHours(1));
    }
    int before = sender.sent.size();
    assertThat(before).isGreaterThan(8);

    new RedeliverEvent(idempotency(), store.endpoints(), store.events(), store.deliveries())
        .handle(
            new RedeliverEvent.Command(
                admin(), endpoint.id().toString(), sender.sent.getFirst().event(), ""));
    work();
    clock.advance(Duration.ofSeconds(6));
    work();
    clock.advance(Duration.ofSeconds(34));
    work();

    assertThat(sender.sent).hasSize(before + 3);
  }

  /// Nobody has to look again for it.
  @Test
  void beginsOthersInThePlacesOfThoseThatEnd() {
    endpoint("https://one.example/");
    for (int job = 1; job <= 20; job++) {
      tell(job, EventType.BULK_COMPLETED);
    }
    List<Integer> told = new ArrayList<>();
    deliver.whenMoreIsDue(() -> told.add(sender.sent.size()));

    work();

    assertThat(sender.sent).hasSize(20);
    assertThat(told).as("there was room for all of it").isEmpty();
  }

  @Test
  void tellsThatMoreIsDueThanThereIsRoomFor() {
    DeliverEvents small = withRoomFor(2);
    for (int i = 0; i < 3; i++) {
      endpoint("https://one.example/");
    }
    tell(1, EventType.BULK_STARTED);
    tell(2, EventType.BULK_STARTED);
    List<Integer> told = new ArrayList<>();
    small.whenMoreIsDue(() -> told.add(sender.sent.size()));
    store.events().number(100);

    small.handle();

    assertThat(sender.sent).hasSize(6);
    assertThat(told).isNotEmpty();
  }

  @Test
  void beginsNothingAfterItWasDrained() throws InterruptedException {
    endpoint("https://one.example/");
    tell(1, EventType.BULK_STARTED);
    tell(1, EventType.BULK_COMPLETED);
    store.events().number(100);
    sender.whileSending = deliver::drain;

    assertThat(deliver.handle()).isEqualTo(1);
    assertThat(deliver.handle()).isZero();

    assertThat(sender.sent).hasSize(1);
    assertThat(deliver.awaitQuiet(Duration.ZERO)).isTrue();
  }

  @Test
  void triesOneAtATimeAfterTenFailures() {
    endpoint("https://one.example/");
    for (int job = 1; job <= 20; job++) {
      tell(job, EventType.BULK_COMPLETED);
    }
    sender.status = 500;
    work();
    int before = sender.sent.size();
    assertThat(before).as("ten, and what was under way then").isBetween(10, 13);

    work();
    assertThat(sender.sent).as("paused").hasSize(before);
    clock.advance(Duration.ofSeconds(8));
    deliver.handle();
    assertThat(sender.sent).as("one trial").hasSize(before + 1);
  }

  @Test
  void signsWithBothSecretsUntilTheOldOneEnds() {
    Endpoint endpoint = endpoint("https://one.example/");
    RotateSecret rotate = new RotateSecret(idempotency(), store.endpoints(), this::secret, clock);
    rotate.handle(new RotateSecret.Command(admin(), endpoint.id().toString(), "", null));
    tell(1, EventType.BULK_STARTED);
    work();
    clock.advance(Duration.ofHours(24));
    tell(2, EventType.BULK_STARTED);
    work();

    assertThat(sender.sent.getFirst().secrets())
        .containsExactly(new SealedSecret("sealed-2"), new SealedSecret("sealed-1"));
    assertThat(sender.sent.getLast().secrets()).containsExactly(new SealedSecret("sealed-2"));
  }

  private DeliverEvents withRoomFor(int attempts) {
    WebhookSettings usual = WebhookSettings.DEFAULTS;
    return new DeliverEvents(
        store.deliveries(),
        sender,
        new DeliverEvents.Outside("node", this::runFrozen, () -> 0, () -> nanos),
        new WebhookSettings(
            usual.endpoints(),
            attempts,
            usual.perEndpoint(),
            usual.leaseTime(),
            usual.beginWithin(),
            usual.schedule(),
            usual.disableAfter()));
  }

  private void runFrozen(Runnable attempt) {
    nanos += frozen.toNanos();
    attempt.run();
  }

  private void work() {
    store.events().number(100);
    deliver.handle();
  }

  private void tell(int job, EventType type) {
    store.run(() ->
        store
            .outbox()
            .append(
                scope,
                new JobId(job),
                new JobEvent(
                    type,
                    new BulkId(new UUID(0, job)),
                    JobStatus.COMPLETED,
                    1,
                    1,
                    0,
                    clock.instant())));
  }

  private Endpoint endpoint(String url) {
    CreateEndpoint create =
        new CreateEndpoint(
            idempotency(),
            store.endpoints(),
            sender,
            new CreateEndpoint.Making(this::secret, ids, clock),
            20);
    return create
        .handle(
            new CreateEndpoint.Command(admin(), "", new EndpointDetails(url, Set.of(), "", true)))
        .endpoint();
  }

  private final SequentialIds ids = new SequentialIds();

  private Delivery delivery(Endpoint endpoint) {
    store.events().number(100);
    return store
        .deliveries()
        .list(scope, endpoint.id(), new Filter(null, Set.of()), PageRequest.first())
        .items()
        .getLast();
  }

  private Endpoint stored(Endpoint endpoint) {
    return store.endpoints().find(scope, endpoint.id()).orElseThrow();
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }

  private Caller admin() {
    return new Caller(scope, Role.ADMIN_USER, "k", "ZW", "USD");
  }

  private WebhookSecrets.NewSecret secret() {
    int number = secrets.incrementAndGet();
    return new WebhookSecrets.NewSecret("whsec_" + number, new SealedSecret("sealed-" + number));
  }

  /// Answers everything with one status.
  private static final class Sender implements WebhookSender {
    private final List<Request> sent = new ArrayList<>();
    private int status = 200;
    private @Nullable Duration retryAfter;
    private Runnable whileSending = () -> {};

    @Override
    public Optional<DeliveryAnswer> send(Request request) {
      sent.add(request);
      whileSending.run();
      return Optional.of(new Answered(status, retryAfter, "", Duration.ofMillis(1)));
    }

    @Override
    public Optional<String> refusal(String url) {
      return Optional.empty();
    }
  }
}

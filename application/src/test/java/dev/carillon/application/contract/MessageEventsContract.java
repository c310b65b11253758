package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Filter;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.settling.ToldReceipt;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.SealedSecret;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Events of messages: exactly the status changes that were settled of jobs that ask for them, in
/// the feed in pages of any size, and at the endpoints that name them.
public abstract class MessageEventsContract extends StoreContract {
  private static final Route ROUTE = new Route(ScriptedCarrier.ID, "");
  private static final Filter ALL = new Filter(null, Set.of());
  private static final DeliveryAnswer OK =
      new DeliveryAnswer.Answered(200, null, "", Duration.ofMillis(3));
  private static final DispatchOutcome TAKEN = new DispatchOutcome.Accepted("id");
  private static final DispatchOutcome REFUSED =
      new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
  private static final DispatchOutcome LOST = new DispatchOutcome.Unconfirmed("lost");

  private final MutableClock clock = new MutableClock(JobFixture.CREATED);

  protected abstract Outbox outbox();

  protected abstract EventLog events();

  protected abstract WebhookEndpoints endpoints();

  protected abstract WebhookDeliveries deliveries();

  @Test
  void tellsWhatEachMessageCameTo() {
    StoredJob job =
        store(
            anSmsJob()
                .to("+263771000001", PersonalContent.EMPTY, "order \"1\"\n")
                .to(2)
                .tellingOf(ToldStatuses.ALL));

    settle(job, TAKEN, REFUSED, LOST);
    receive(job, 0, ReceiptKind.DELIVERED, null);

    assertThat(read(job))
        .containsExactly(
            event(job, 0, "order \"1\"\n", MessageStatus.SENT, null),
            event(job, 1, "", MessageStatus.FAILED, Reason.CARRIER_REFUSED),
            event(job, 2, "", MessageStatus.UNKNOWN, Reason.OUTCOME_UNKNOWN),
            event(job, 0, "order \"1\"\n", MessageStatus.DELIVERED, null));
  }

  @Test
  void tellsOnlyOfStatusesThatTheJobAsksFor() {
    StoredJob some =
        store(anSmsJob().to(3).tellingOf(ToldStatuses.of(Set.of(MessageStatus.FAILED))));
    StoredJob none = store(anSmsJob().to(3));

    settle(some, TAKEN, REFUSED, LOST);
    settle(none, TAKEN, REFUSED, LOST);

    assertThat(statuses(some)).containsExactly("1 FAILED");
    assertThat(read(none)).isEmpty();
  }

  /// Nothing of what carriers repeat, and nothing for what does not move a message.
  @Test
  void tellsEachFactOnce() {
    StoredJob job = store(anSmsJob().to(1).tellingOf(ToldStatuses.ALL));
    LeasedChunk leased = lease(job);
    List<Answer> answers = answers(leased, TAKEN);
    settling().settle(leased.key(), leased.lease(), answers, Marks.NONE, LONG);
    settling().settleAgain(leased.key(), leased.lease(), answers, _ -> true, LONG);
    sweeping().answers(leased.key(), answers);
    receive(job, 0, ReceiptKind.DELIVERED, null);
    receive(job, 0, ReceiptKind.DELIVERED, null);
    receive(job, 0, ReceiptKind.UNDELIVERED, Reason.NOT_DELIVERED);
    receive(job, 0, ReceiptKind.SENT, null);

    assertThat(statuses(job)).containsExactly("0 SENT", "0 DELIVERED");
  }

  /// What comes after the end of the job, and puts right what was told before.
  @Test
  void tellsOfLateAndCorrectedFacts() {
    StoredJob job = store(anSmsJob().to(3).tellingOf(ToldStatuses.ALL));
    settle(job, TAKEN, LOST, LOST);
    receive(job, 0, ReceiptKind.UNDELIVERED, Reason.DESTINATION_UNREACHABLE);
    receive(job, 0, ReceiptKind.DELIVERED, null);
    sweeping().answers(job.chunk(0), List.of(new Answer(1, 1, false, TAKEN, ROUTE, NOW)));
    sweeping().giveUp(List.of(job.chunk(0)));
    receive(job, 2, ReceiptKind.READ, null);

    assertThat(read(job).stream().skip(3))
        .containsExactly(
            event(job, 0, "", MessageStatus.UNDELIVERED, Reason.DESTINATION_UNREACHABLE),
            event(job, 0, "", MessageStatus.DELIVERED, null),
            event(job, 1, "", MessageStatus.SENT, null),
            event(job, 2, "", MessageStatus.FAILED, Reason.OUTCOME_UNKNOWN),
            event(job, 2, "", MessageStatus.READ, null));
  }

  /// What comes together is one change.
  @Test
  void tellsOfOneStepOnce() {
    StoredJob job = store(anSmsJob().to(1).tellingOf(ToldStatuses.ALL));
    lease(job);

    sweeping()
        .receipts(
            List.of(
                House.aReceipt(job.ref(0), ReceiptKind.SENT, NOW),
                House.aReceipt(job.ref(0), ReceiptKind.DELIVERED, NOW),
                House.aReceipt(job.ref(0), ReceiptKind.READ, NOW)));

    assertThat(statuses(job)).containsExactly("0 READ");
  }

  @Test
  void tellsOfWhatWasNeverHandedOver() {
    StoredJob job = store(anSmsJob().to(2).tellingOf(ToldStatuses.ALL));
    move(job.id(), JobTransition.CANCEL, NOW);

    sweeping().sweep(List.of(job.chunk(0)));

    assertThat(read(job))
        .allSatisfy(event -> {
          assertThat(event.status()).isEqualTo(MessageStatus.CANCELLED);
          assertThat(event.reason()).isEqualTo(Reason.CANCELLED);
          assertThat(event.attempts()).isZero();
          assertThat(event.carrier()).isEmpty();
        })
        .hasSize(2);
  }

  @Test
  void tellsNothingOfWhatWasNotCommitted() {
    StoredJob job = store(anSmsJob().to(1).tellingOf(ToldStatuses.ALL));
    settle(job, TAKEN);
    Receipt receipt = House.aReceipt(job.ref(0), ReceiptKind.DELIVERED, NOW);

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  sweeping()
                      .told(
                          List.of(ToldReceipt.ofMessage(receipt)),
                          (_, _) -> {
                            throw new AssertionError("it has no parts");
                          },
                          _ -> {});
                  throw new IllegalStateException("taken back");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(statuses(job)).containsExactly("0 SENT");
  }

  @Test
  void tellsOfMessagesBeforeTheEndOfTheirJob() {
    StoredJob job = store(anSmsJob().to(3).tellingOf(ToldStatuses.ALL));

    settle(job, REFUSED, REFUSED, REFUSED);

    assertThat(feed(0, Set.of(), 100))
        .extracting(event -> event.event().type())
        .containsExactly(
            EventType.BULK_STARTED,
            EventType.MESSAGE_FAILED,
            EventType.MESSAGE_FAILED,
            EventType.MESSAGE_FAILED,
            EventType.BULK_FAILED,
            EventType.BULK_SETTLED);
  }

  @Test
  void readsTheSameInPagesOfAnySizeAndWithAnyFilter() {
    StoredJob job = store(anSmsJob().to(30).chunksOf(10).tellingOf(ToldStatuses.ALL));
    for (int chunk = 0; chunk < 3; chunk++) {
      settle(job, IntStream.range(0, 10).mapToObj(i -> i % 3 == 0 ? REFUSED : TAKEN).toList());
    }
    List<StoredEvent> all = feed(0, Set.of(), 1_000);

    assertThat(all).hasSize(30 + 2);
    assertThat(all).extracting(StoredEvent::id).doesNotHaveDuplicates();
    assertThat(all).extracting(StoredEvent::number).isSorted().doesNotHaveDuplicates();
    for (int page = 1; page < 13; page++) {
      assertThat(feed(0, Set.of(), page)).as("pages of %d", page).isEqualTo(all);
      assertThat(feed(0, Set.of(EventType.MESSAGE_FAILED, EventType.BULK_COMPLETED), page))
          .as("pages of %d", page)
          .isEqualTo(
              all.stream()
                  .filter(event ->
                      event.event().type() == EventType.MESSAGE_FAILED
                          || event.event().type() == EventType.BULK_COMPLETED)
                  .toList());
    }
    for (StoredEvent event : all) {
      assertThat(events().find(scope(), event.id())).contains(event);
      assertThat(events().find(testScope(), event.id())).isEmpty();
      assertThat(events().read(scope(), event.number(), Set.of(), 100).events())
          .isEqualTo(all.subList(all.indexOf(event) + 1, all.size()));
    }
  }

  @Test
  void tellsEndpointsThatNameThem() {
    Endpoint all = endpoint(Set.of());
    Endpoint failures = endpoint(Set.of(EventType.MESSAGE_FAILED, EventType.BULK_STARTED));
    Endpoint messages = endpoint(ofMessages());
    StoredJob job = store(anSmsJob().to(3).tellingOf(ToldStatuses.ALL));

    settle(job, TAKEN, REFUSED, LOST);
    number();

    assertThat(listed(all)).isNotEmpty().noneMatch(event -> event.event().type().isOfMessage());
    assertThat(listed(failures))
        .extracting(event -> event.event().type())
        .containsExactly(EventType.BULK_STARTED, EventType.MESSAGE_FAILED);
    assertThat(listed(messages)).isEqualTo(feed(0, ofMessages(), 100));
  }

  /// Messages wait for themselves alone, and not for their job.
  @Test
  void deliversTheEventsOfAMessageInTheirOrderAndNoOthers() {
    EnumSet<EventType> types = ofMessages();
    types.add(EventType.BULK_STARTED);
    types.add(EventType.BULK_COMPLETED);
    Endpoint endpoint = endpoint(types);
    StoredJob job = store(anSmsJob().to(2).tellingOf(ToldStatuses.ALL));
    settle(job, TAKEN, TAKEN);
    receive(job, 0, ReceiptKind.DELIVERED, null);
    receive(job, 0, ReceiptKind.READ, null);
    number();

    List<List<String>> rounds = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      List<Leased> leased = lease(endpoint);
      rounds.add(leased.stream().map(one -> text(one.event())).sorted().toList());
      leased.forEach(this::delivered);
    }

    assertThat(rounds)
        .containsExactly(
            List.of("0 SENT", "1 SENT", "bulk.started"),
            List.of("0 DELIVERED", "bulk.completed"),
            List.of("0 READ"));
    assertThat(lease(endpoint)).isEmpty();
  }

  @Test
  void deliversAnEventOfAMessageAgainWhenAsked() {
    Endpoint endpoint = endpoint(ofMessages());
    StoredJob job = store(anSmsJob().to(5).tellingOf(ToldStatuses.ALL));
    settle(job, TAKEN, TAKEN, TAKEN, TAKEN);
    number();
    lease(endpoint).forEach(this::delivered);
    StoredEvent third = feed(0, ofMessages(), 100).get(2);

    ports().transactions().run(() -> deliveries().redeliver(third, endpoint.id()));

    assertThat(lease(endpoint))
        .singleElement()
        .satisfies(leased -> {
          assertThat(leased.event()).isEqualTo(third);
          assertThat(leased.attempt()).isEqualTo(2);
        });
    assertThat(
            deliveries()
                .list(scope(), endpoint.id(), new Filter(third.id(), Set.of()), PageRequest.first())
                .items())
        .extracting(Delivery::event)
        .containsExactly(third);
  }

  private static EnumSet<EventType> ofMessages() {
    EnumSet<EventType> types = EnumSet.allOf(EventType.class);
    types.removeIf(type -> !type.isOfMessage());
    return types;
  }

  private static MessageEvent event(
      StoredJob job,
      int position,
      String clientRef,
      MessageStatus status,
      @Nullable Reason reason) {
    return new MessageEvent(
        job.messageId(position),
        clientRef,
        status,
        reason,
        1,
        ScriptedCarrier.ID.value(),
        JobFixture.CREATED);
  }

  private static String text(StoredEvent stored) {
    return stored.event() instanceof MessageEvent event
        ? event.id().position() + " " + event.status()
        : stored.event().type().label();
  }

  private List<String> statuses(StoredJob job) {
    return read(job).stream().map(event -> event.id().position() + " " + event.status()).toList();
  }

  private List<MessageEvent> read(StoredJob job) {
    return feed(0, Set.of(), 100).stream()
        .map(StoredEvent::event)
        .filter(MessageEvent.class::isInstance)
        .map(MessageEvent.class::cast)
        .filter(event -> event.id().bulkId().equals(job.bulkId()))
        .toList();
  }

  private List<StoredEvent> feed(long after, Set<EventType> types, int page) {
    number();
    List<StoredEvent> all = new ArrayList<>();
    EventLog.Part part = events().read(scope(), after, types, page);
    while (!part.events().isEmpty()) {
      all.addAll(part.events());
      part = events().read(scope(), part.upTo(), types, page);
    }
    return all;
  }

  private void number() {
    while (events().number(1_000) > 0) {}
  }

  private void settle(StoredJob job, DispatchOutcome... outcomes) {
    settle(job, List.of(outcomes));
  }

  /// Leases the next chunk and has its messages answered.
  private void settle(StoredJob job, List<DispatchOutcome> outcomes) {
    LeasedChunk leased = lease(job);
    List<Answer> answers = answers(leased, outcomes.toArray(DispatchOutcome[]::new));
    settling().settle(leased.key(), leased.lease(), answers, Marks.NONE, LONG);
  }

  private LeasedChunk lease(StoredJob job) {
    Leasing leasing = settling().lease(job.id(), WORKER, LONG, (_, _, _) -> Marks.next(100));
    return ((Leasing.Leased) leasing).chunk();
  }

  private List<Answer> answers(LeasedChunk leased, DispatchOutcome... outcomes) {
    List<Marked> marked = leased.settled().marked();
    return IntStream.range(0, Math.min(outcomes.length, marked.size()))
        .mapToObj(i -> {
          Marked one = marked.get(i);
          return new Answer(one.position(), one.attempt(), false, outcomes[i], ROUTE, NOW);
        })
        .toList();
  }

  private void receive(StoredJob job, int position, ReceiptKind kind, @Nullable Reason reason) {
    sweeping()
        .receipts(
            List.of(
                new Receipt(job.ref(position), kind, reason, "", ScriptedCarrier.ID, "id", NOW)));
  }

  private Endpoint endpoint(Set<EventType> types) {
    Instant now = clock.instant();
    Endpoint endpoint =
        Endpoint.create(
            new EndpointId(UUID.randomUUID()),
            scope(),
            new EndpointDetails("https://example.org/", types, "", true),
            new SealedSecret("sealed"),
            "k",
            now);
    ports().transactions().run(() -> endpoints().insert(endpoint));
    return endpoint;
  }

  private List<Leased> lease(Endpoint endpoint) {
    return deliveries().lease(new Share("node", 100, 100, 100, LONG)).stream()
        .filter(leased -> leased.endpointId().equals(endpoint.id()))
        .toList();
  }

  private void delivered(Leased leased) {
    boolean _ =
        deliveries()
            .settle(
                List.of(
                    new Ended(
                        leased,
                        new DeliveryAttempt(leased.attempt(), clock.instant(), OK),
                        before ->
                            new Outcome(
                                DeliveryState.DELIVERED,
                                null,
                                before.after(OK, clock.instant()),
                                Duration.ZERO,
                                null))));
  }

  /// The first event first.
  private List<StoredEvent> listed(Endpoint endpoint) {
    return deliveries().list(scope(), endpoint.id(), ALL, PageRequest.first()).items().stream()
        .map(Delivery::event)
        .toList()
        .reversed();
  }

  private Settling settling() {
    return new Settling(stored(), life(), new InMemoryProgressFeed(), clock, RetryPolicy.DEFAULT);
  }

  private Sweeping sweeping() {
    return new Sweeping(stored(), life(), new InMemoryProgressFeed(), clock, RetryPolicy.DEFAULT);
  }

  private JobLife life() {
    return new JobLife(ports().jobs(), outbox());
  }

  private Settling.Store stored() {
    return new Settling.Store(
        ports().transactions(),
        ports().chunks(),
        ports().messages(),
        ports().log(),
        ports().ledger(),
        ports().carrierNumbers());
  }
}

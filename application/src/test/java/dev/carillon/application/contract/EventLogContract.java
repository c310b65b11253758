package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.EventLog;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.OutwardEvent;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every store keeps about events.
public abstract class EventLogContract extends ToldContract {
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant TO_COME = Instant.parse("2101-01-01T00:00:00Z");

  /// Has the next event that gets a number be the last one of a part of the store.
  protected abstract void fillPart();

  @Test
  void numbersWhatIsCommittedInItsOrder() {
    long before = events().newest();
    List<OutwardEvent> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add(tell(newJob(), EventType.BULK_STARTED));
    }

    assertThat(events().number(3)).isEqualTo(3);
    assertThat(told()).hasSize(3);
    assertThat(events().number(3)).isEqualTo(2);
    assertThat(events().number(3)).isZero();
    assertThat(told()).extracting(StoredEvent::event).isEqualTo(expected);
    assertThat(told()).allMatch(event -> event.number() > before);
    assertGrows(told());
    assertThat(events().newest()).isGreaterThanOrEqualTo(newest().number());
    assertThat(read(scope(), newest().number())).isEmpty();
  }

  @Test
  void showsNothingThatHasNoNumberYet() {
    long before = events().newest();
    tell(newJob(), EventType.BULK_STARTED);
    assertThat(events().mayHaveSome()).isTrue();

    assertThat(read(scope(), before)).isEmpty();
    assertThat(events().newest()).isEqualTo(before);
  }

  @Test
  void knowsNothingOfWhatWasTakenBack() {
    long before = events().newest();
    JobId job = newJob();

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  ports().outbox().append(scope(), job, event(job, EventType.BULK_STARTED, NOW));
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);

    assertThat(events().number(10)).isZero();
    assertThat(read(scope(), before)).isEmpty();
  }

  @Test
  void keepsEveryKindOfEventAsItWas() {
    long before = events().newest();
    EndpointId endpoint = new EndpointId(new UUID(7, 7));
    JobEvent job = tell(newJob(), EventType.BULK_COMPLETED);
    BalanceEvent low = BalanceEvent.low(new Money("USD", 5), new Money("USD", 1_000_000), NOW);
    EndpointEvent test = EndpointEvent.test(endpoint, NOW);
    EndpointEvent disabled = EndpointEvent.disabled(endpoint, DisableReason.GONE, NOW);
    ports().transactions().run(() -> ports().outbox().append(scope(), low));
    EventId testId = append(test);
    EventId disabledId = append(disabled);
    numberAll();

    List<StoredEvent> kept = read(scope(), before);

    assertThat(kept).extracting(StoredEvent::event).containsExactly(job, low, test, disabled);
    assertThat(kept).extracting(StoredEvent::scope).containsOnly(scope());
    assertThat(kept).extracting(StoredEvent::id).doesNotHaveDuplicates();
    assertThat(kept.get(2).id()).isEqualTo(testId);
    assertThat(kept.get(3).id()).isEqualTo(disabledId);
    assertThat(events().find(scope(), disabledId)).contains(kept.get(3));
    assertThat(events().find(testScope(), disabledId)).isEmpty();
    assertThat(events().find(ports().newScope().get(), disabledId)).isEmpty();
    assertThat(events().find(scope(), new EventId(new UUID(9, 9)))).isEmpty();
  }

  @Test
  void readsWhatIsOfTheScopeAndTellsHowFarItLooked() {
    long before = events().newest();
    Scope other = ports().newScope().get();
    tell(scope(), newJob(), EventType.BULK_STARTED);
    tell(testScope(), newJob(), EventType.BULK_STARTED);
    tell(other, newJob(), EventType.BULK_STARTED);
    tell(scope(), newJob(), EventType.BULK_STARTED);
    numberAll();

    EventLog.Part own = events().read(scope(), before, Set.of(), 10);
    EventLog.Part quiet = events().read(ports().newScope().get(), before, Set.of(), 10);

    StoredEvent test = read(testScope(), before).getFirst();
    StoredEvent foreign = read(other, before).getFirst();
    StoredEvent first = own.events().getFirst();
    StoredEvent last = own.events().getLast();
    assertThat(own.events()).hasSize(2);
    assertGrows(List.of(first, test, foreign, last));
    assertThat(read(testScope(), before)).hasSize(1);
    assertThat(read(other, before)).hasSize(1);
    assertThat(own.upTo()).isGreaterThanOrEqualTo(last.number());
    assertThat(quiet.events()).isEmpty();
    assertThat(quiet.upTo()).isGreaterThanOrEqualTo(last.number());
  }

  @Test
  void readsByTypeAndNoMoreThanAskedFor() {
    long before = events().newest();
    JobId job = newJob();
    tell(job, EventType.BULK_STARTED);
    tell(job, EventType.BULK_COMPLETED);
    tell(newJob(), EventType.BULK_STARTED);
    tell(job, EventType.BULK_SETTLED);
    numberAll();
    Set<EventType> started = Set.of(EventType.BULK_STARTED);

    EventLog.Part first = events().read(scope(), before, started, 1);
    EventLog.Part rest = events().read(scope(), first.upTo(), started, 10);
    EventLog.Part none = events().read(scope(), before, Set.of(EventType.BALANCE_LOW), 10);

    assertThat(first.events()).extracting(this::place).containsExactly(1);
    assertThat(first.upTo()).isEqualTo(first.events().getFirst().number());
    assertThat(rest.events()).extracting(this::place).containsExactly(3);
    assertThat(rest.upTo()).isGreaterThanOrEqualTo(newest().number());
    assertThat(none.events()).isEmpty();
    assertThat(none.upTo()).isGreaterThanOrEqualTo(newest().number());
    assertThat(
            events()
                .read(scope(), before, Set.of(EventType.BULK_SETTLED, EventType.BULK_COMPLETED), 10)
                .events())
        .extracting(event -> event.event().type())
        .containsExactly(EventType.BULK_COMPLETED, EventType.BULK_SETTLED);
  }

  /// As after a restore: what was given to somebody is not known any more.
  @Test
  void tellsThatANumberIsToCome() {
    tell(newJob(), EventType.BULK_STARTED);
    numberAll();
    long far = events().newest() + 1_000;

    EventLog.Part part = events().read(scope(), far, Set.of(), 10);

    assertThat(part.events()).isEmpty();
    assertThat(part.upTo()).isEqualTo(events().newest());
  }

  @Test
  void tellsWhoHasNews() {
    Scope quiet = ports().newScope().get();
    tell(quiet, newJob(), EventType.BULK_STARTED);
    numberAll();
    long before = events().newest();
    tell(newJob(), EventType.BULK_STARTED);
    tell(testScope(), newJob(), EventType.BULK_STARTED);
    tell(newJob(), EventType.BULK_STARTED);
    numberAll();

    EventLog.News news = events().news(before);

    assertThat(news.from()).isEqualTo(before);
    assertThat(news.newest()).isEqualTo(events().newest());
    assertThat(news.latest())
        .isEqualTo(
            Map.of(
                scope(),
                newest().number(),
                testScope(),
                read(testScope(), before).getLast().number()));
    assertThat(events().news(news.newest()).latest()).isEmpty();
    EventLog.News gone = events().news(news.newest() + 1_000);
    assertThat(gone.from()).isLessThanOrEqualTo(gone.newest());
    assertThat(gone.newest()).isEqualTo(news.newest());
  }

  /// Three businesses and the two environments of each, readers that go on from where they were
  /// with pages of any size and any types.
  @Test
  void givesEveryReaderAllOfItsOwnInOrderHoweverItReads() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    long before = events().newest();
    List<Reader> readers =
        List.of(
            new Reader(scope(), before),
            new Reader(testScope(), before),
            new Reader(ports().newScope().get(), before));
    List<EventType> types = List.of(EventType.BULK_STARTED, EventType.BULK_COMPLETED);
    for (int step = 0; step < 400; step++) {
      Reader reader = readers.get(random.nextInt(readers.size()));
      switch (random.nextInt(3)) {
        case 0 ->
            reader.told.add(tell(reader.scope, newJob(), types.get(random.nextInt(types.size()))));
        case 1 -> events().number(1 + random.nextInt(4));
        default -> reader.goOn(events(), 1 + random.nextInt(3));
      }
    }
    numberAll();
    for (Reader reader : readers) {
      reader.goOn(events(), 1_000);
      assertThat(reader.seen).as("seed %s", seed).isEqualTo(reader.told);
      assertThat(
              events()
                  .read(reader.scope, before, Set.of(EventType.BULK_STARTED), 1_000)
                  .events()
                  .stream()
                  .map(StoredEvent::event)
                  .toList())
          .as("seed %s", seed)
          .isEqualTo(
              reader.told.stream()
                  .filter(event -> event.type() == EventType.BULK_STARTED)
                  .toList());
    }
  }

  /// What commits late gets a number after those that were read.
  @Test
  void numbersWhatCommitsLateBehindWhatWasRead() throws InterruptedException {
    assumeTrue(ports().concurrent(), "one transaction at a time");
    long before = events().newest();
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    JobId late = newJob();
    Background<Boolean> writer =
        Background.start(() ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  ports().outbox().append(scope(), late, event(late, EventType.BULK_STARTED, NOW));
                  told.countDown();
                  return await(commit);
                }));
    told.await();
    JobEvent early = tell(newJob(), EventType.BULK_STARTED);

    assertThat(events().number(10)).isEqualTo(1);
    assertThat(read(scope(), before)).extracting(StoredEvent::event).containsExactly(early);
    long cursor = events().newest();
    for (int i = 0; i < 20; i++) {
      tell(newJob(), EventType.BULK_PAUSED);
      assertThat(events().number(10)).isEqualTo(1);
    }
    long behind = events().newest();
    commit.countDown();
    assertThat(writer.result()).isTrue();
    assertThat(events().number(10)).isEqualTo(1);

    assertThat(read(scope(), cursor)).hasSize(21);
    assertThat(read(scope(), behind))
        .extracting(StoredEvent::event)
        .containsExactly(event(late, EventType.BULK_STARTED, NOW));
  }

  /// Two who number, and many who tell and take their time before they commit, or never do: a
  /// reader that goes on from where it was sees every committed event once, in the order of numbers
  /// without a gap, and the events of each job in the order in which they were told.
  @Test
  void losesAndSkipsNothingWhileManyTellAndSeveralNumber() {
    long before = events().newest();
    int tellers = 4;
    int each = 60;
    int committed = tellers * each - tellers * (each / 10);
    AtomicInteger numbered = new AtomicInteger();
    List<Background<Integer>> work = new ArrayList<>();
    for (int teller = 0; teller < tellers; teller++) {
      work.add(Background.start(() -> tellMany(newJob(), each)));
    }
    for (int i = 0; i < 2; i++) {
      work.add(
          Background.start(() -> {
            Instant end = Instant.now().plusSeconds(60);
            while (numbered.get() < committed && Instant.now().isBefore(end)) {
              numbered.addAndGet(events().number(7));
            }
            return 0;
          }));
    }
    List<StoredEvent> seen = new ArrayList<>();
    long after = before;
    Instant end = Instant.now().plusSeconds(60);
    while (seen.size() < committed && Instant.now().isBefore(end)) {
      EventLog.Part part = events().read(scope(), after, Set.of(), 10);
      seen.addAll(part.events());
      after = part.upTo();
    }
    work.forEach(Background::result);

    assertThat(seen).hasSize(committed);
    assertGrows(seen);
    Map<Object, Instant> last = new HashMap<>();
    for (StoredEvent event : seen) {
      Instant earlier = last.put(((JobEvent) event.event()).bulkId(), event.event().at());
      assertThat(earlier == null || earlier.isBefore(event.event().at())).isTrue();
    }
  }

  /// Of a history that was lost somebody may have read more than there is now.
  @Test
  void leavesNumbersOutWhenItsHistoryMayHaveGoneBack() {
    long before = events().newest();
    JobEvent first = tell(newJob(), EventType.BULK_STARTED);
    numberAll();
    long lost = events().newest() + 100_000;

    events().leap();
    JobEvent later = tell(newJob(), EventType.BULK_STARTED);
    numberAll();

    assertThat(events().newest()).isGreaterThan(lost);
    assertThat(read(scope(), lost)).extracting(StoredEvent::event).containsExactly(later);
    assertThat(read(scope(), before)).extracting(StoredEvent::event).containsExactly(first, later);
    EventLog.Part one = events().read(scope(), before, Set.of(), 1);
    assertThat(events().read(scope(), one.upTo(), Set.of(), 1).events())
        .extracting(StoredEvent::event)
        .containsExactly(later);
  }

  @Test
  void makesRoomOnce() {
    events().prepare();

    assertThat(events().prepare()).isZero();
  }

  /// Whole parts are forgotten, the oldest first, and readers that come later hear of it.
  @Test
  void forgetsWhatIsOldAndTellsFromWhereOnItIsKept() {
    JobId job = newJob();
    EventId first = appendAt(job, LONG_AGO);
    fillPart();
    EventId last = appendAt(job, LONG_AGO);
    long bygone = newest().number();
    assertThat(events().forget(Duration.ofDays(36_500))).as("nothing is older").isFalse();
    EventId kept = appendAt(job, TO_COME);

    Await.until("a part is old enough", () -> events().forget(Duration.ofMillis(1)));
    while (events().forget(Duration.ofMillis(1))) {
      // a part may be several
    }

    EventLog.Part part = events().read(scope(), 0, Set.of(), 10);
    assertThat(part.oldest()).isGreaterThanOrEqualTo(bygone).isLessThan(newest().number());
    assertThat(part.events()).extracting(StoredEvent::id).containsExactly(kept);
    assertThat(events().find(scope(), first)).isEmpty();
    assertThat(events().find(scope(), last)).isEmpty();
    assertThat(events().read(scope(), bygone, Set.of(), 10).events()).hasSize(1);
  }

  private static void assertGrows(List<StoredEvent> events) {
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).number()).isGreaterThan(events.get(i - 1).number());
    }
  }

  private EventId appendAt(JobId job, Instant at) {
    ports()
        .transactions()
        .run(() -> ports().outbox().append(scope(), job, event(job, EventType.BULK_STARTED, at)));
    assertThat(events().number(10)).isEqualTo(1);
    return newest().id();
  }

  private EventId append(EndpointEvent event) {
    return ports().transactions().inTransaction(() -> ports().outbox().append(scope(), event));
  }

  /// Every tenth is taken back.
  private int tellMany(JobId job, int times) {
    for (int i = 0; i < times; i++) {
      tellSlowly(job, i);
    }
    return times;
  }

  private void tellSlowly(JobId job, int i) {
    try {
      ports()
          .transactions()
          .run(() -> {
            JobEvent event = event(job, EventType.BULK_PAUSED, NOW.plusSeconds(i));
            ports().outbox().append(scope(), job, event);
            // others commit meanwhile, with later places in the outbox
            events().read(scope(), 0, Set.of(), 5);
            if (i % 10 == 9) {
              throw new Abandoned();
            }
          });
    } catch (Abandoned takenBack) {
      assertThat(i % 10).isEqualTo(9);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// One who goes on from where it was.
  private static final class Reader {
    private final Scope scope;
    private final List<OutwardEvent> told = new ArrayList<>();
    private final List<OutwardEvent> seen = new ArrayList<>();
    private long upTo;

    Reader(Scope scope, long upTo) {
      this.scope = scope;
      this.upTo = upTo;
    }

    void goOn(EventLog events, int most) {
      EventLog.Part part = events.read(scope, upTo, Set.of(), most);
      part.events().forEach(event -> seen.add(event.event()));
      upTo = part.upTo();
    }
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}

package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventPagesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int PAGE = 10;

  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final Scope scope = store.newScope();
  private final EventHub hub = new EventHub(store.events());
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private final ScriptedReader<StreamEventsResponse> reader = new ScriptedReader<>();
  private Duration rest = Duration.ZERO;
  private @Nullable PacedStream<StreamEventsResponse> running;

  @AfterEach
  void end() {
    if (running != null) {
      running.drain();
    }
  }

  @Test
  void readsPageAfterPageAndThenWaits() {
    tell(25);
    start(stream(false, LONG));

    Await.until("all", () -> reader.taken().size() == 25);

    assertThat(asked).containsExactly(-1L, 10L, 20L);
    assertThat(reader.taken()).allMatch(StreamEventsResponse::hasEvent);
    assertThat(numbers()).isEqualTo(IntStream.rangeClosed(1, 25).mapToObj(Long::valueOf).toList());
  }

  /// However much happens meanwhile, one page is held for a reader that takes its time.
  @Test
  void readsNoPageBeforeTheOneBeforeWasTaken() {
    tell(25);
    reader.stopAfter(1);
    start(stream(false, LONG));
    Await.until("the first page", () -> reader.taken().size() == PAGE);
    tell(100);

    assertThat(asked).containsExactly(-1L);
    assertThat(reader.taken()).hasSize(PAGE);

    reader.stopAfter(Integer.MAX_VALUE);
    reader.setReady(true);
    Await.until("the rest", () -> reader.taken().size() == 125);
  }

  @Test
  void beatsWhileNothingHappensAndItsCursorGoesOn() {
    Scope other = store.newScope();
    start(stream(false, Duration.ofMillis(20)));
    Await.until("a sign of life", () -> !reader.taken().isEmpty());
    String first = reader.taken().getFirst().getCursor();
    tell(other, 5);

    Await.until(
        "a cursor that has moved",
        () -> {
          refresh();
          return !reader.taken().getLast().getCursor().equals(first);
        });

    assertThat(reader.taken()).noneMatch(StreamEventsResponse::hasEvent);
  }

  @Test
  void beginsWithACursorWhereItIsToTellOnlyWhatComes() {
    tell(5);
    start(stream(true, LONG));
    Await.until("the cursor", () -> !reader.taken().isEmpty());
    tell(1);
    Await.until(
        "the event",
        () -> {
          refresh();
          return reader.taken().size() == 2;
        });

    assertThat(reader.taken().getFirst().hasEvent()).isFalse();
    assertThat(EventCursors.number(scope, reader.taken().getFirst().getCursor())).hasValue(5);
    assertThat(numbers()).containsExactly(6L);
  }

  @Test
  void readsNothingForWhatHappensToOthers() {
    Scope other = store.newScope();
    start(stream(false, LONG));
    Await.until("it reads", () -> asked.size() == 1);
    for (int i = 0; i < 50; i++) {
      tell(other, 1);
      refresh();
    }
    tell(1);
    Await.until(
        "the event",
        () -> {
          refresh();
          return reader.taken().size() == 1;
        });

    assertThat(asked).hasSize(2);
  }

  @Test
  void readsWhatComesOneAfterTheOtherInOneGo() {
    rest = Duration.ofMillis(200);
    start(stream(false, LONG));
    Await.until("it reads", () -> asked.size() == 1);
    long begin = System.nanoTime();
    for (int i = 1; i <= 50; i++) {
      tell(1);
      refresh();
    }
    Await.until(
        "all",
        () -> {
          refresh();
          return reader.taken().size() == 50;
        });

    long pages = Duration.ofNanos(System.nanoTime() - begin).dividedBy(rest) + 1;
    // full pages do not wait for each other
    assertThat(asked.size()).isLessThanOrEqualTo(Math.toIntExact(pages) + 1 + 50 / PAGE);
  }

  @Test
  void tellsItsReaderThatTheNodeStops() {
    PacedStream<StreamEventsResponse> stream = stream(false, LONG);
    Background<Boolean> run = start(stream);
    Await.until("it reads", () -> !asked.isEmpty());

    stream.drain();

    run.result();
    assertThat(Status.fromThrowable(Objects.requireNonNull(reader.failure())).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void stopsWithoutAWordWhenItsReaderIsGone() {
    Background<Boolean> run = start(stream(false, LONG));
    Await.until("it reads", () -> !asked.isEmpty());

    reader.goAway();

    run.result();
    assertThat(reader.failure()).isNull();
  }

  private PacedStream<StreamEventsResponse> stream(boolean fromNow, Duration heartbeat) {
    ListEvents listEvents = new ListEvents(store.events());
    PacedStream<StreamEventsResponse> stream =
        new PacedStream<>(
            new EventPages(
                query(),
                new EventPages.Feed(
                    query -> {
                      asked.add(query.after().orElse(-1));
                      return listEvents.handle(query);
                    },
                    listEvents::newest,
                    hub,
                    InstantSource.system()),
                new EventPages.Pace(fromNow, heartbeat, rest)),
            LONG,
            failure -> failure,
            reader);
    running = stream;
    return stream;
  }

  private ListEvents.Query query() {
    return new ListEvents.Query(
        new Caller(scope, Role.USER, "k", "ZW", "USD"), OptionalLong.empty(), Set.of(), PAGE);
  }

  private static Background<Boolean> start(PacedStream<StreamEventsResponse> stream) {
    return Background.start(() -> {
      stream.run();
      return true;
    });
  }

  private List<Long> numbers() {
    return reader.taken().stream()
        .filter(StreamEventsResponse::hasEvent)
        .map(taken -> EventCursors.number(scope, taken.getCursor()).orElseThrow())
        .toList();
  }

  private void tell(int events) {
    tell(scope, events);
  }

  private void tell(Scope owner, int events) {
    for (int i = 0; i < events; i++) {
      store.run(() -> {
        var _ =
            store
                .outbox()
                .append(owner, EndpointEvent.test(new EndpointId(new UUID(1, 1)), Instant.EPOCH));
      });
    }
    store.events().number(events);
  }

  private void refresh() {
    try {
      hub.refresh(Duration.ofMillis(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

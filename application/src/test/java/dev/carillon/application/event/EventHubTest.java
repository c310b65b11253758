package dev.carillon.application.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final Scope scope = store.newScope();
  private final EventHub hub = new EventHub(store.events());
  private final NumberEvents number = new NumberEvents(store.events(), hub);

  @Test
  void wakesAllWhoWaitForWhatIsNew() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> one = threads.submit(() -> hub.awaitAfter(scope, 0, Duration.ofSeconds(20)));
      Future<Boolean> two = threads.submit(() -> hub.awaitAfter(scope, 0, Duration.ofSeconds(20)));
      tell();
      number.handle();
      Await.until(
          "both",
          () -> {
            refresh();
            return one.isDone() && two.isDone();
          });

      assertThat(one.get()).isTrue();
      assertThat(two.get()).isTrue();
    }
  }

  @Test
  void asksTheStoreNothingWhileNobodyWaits() throws InterruptedException {
    tell();
    number.handle();
    long before = store.commits();

    hub.refresh(Duration.ZERO);

    assertThat(store.commits()).isEqualTo(before);
  }

  /// Otherwise every event would have every reader ask the store.
  @Test
  void wakesNobodyForWhatHappenedToOthers() throws Exception {
    Scope other = store.newScope();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> mine = threads.submit(() -> hub.awaitAfter(scope, 0, Duration.ofSeconds(20)));
      Future<Boolean> theirs =
          threads.submit(() -> hub.awaitAfter(other, 0, Duration.ofMillis(500)));
      tell();
      number.handle();
      Await.until(
          "the news",
          () -> {
            refresh();
            return mine.isDone() && theirs.isDone();
          });

      assertThat(mine.get()).isTrue();
      assertThat(theirs.get()).isFalse();
    }
  }

  /// As after a failover: otherwise all who read would be told of news for ever.
  @Test
  void followsNumbersThatGoBack() throws Exception {
    Going store = new Going(this.store.events());
    EventHub hub = new EventHub(store);
    Background<Boolean> reader =
        Background.start(
            () -> hub.awaitAfter(this.store.newScope(), 1_000, Duration.ofSeconds(20)));
    look(hub, store, new EventLog.News(0, 100, Map.of(scope, 100L)));
    assertThat(hub.awaitAfter(scope, 40, Duration.ZERO)).isTrue();

    look(hub, store, new EventLog.News(40, 40, Map.of()));

    assertThat(hub.awaitAfter(scope, 40, Duration.ZERO)).isFalse();
    assertThat(hub.awaitAfter(scope, 39, Duration.ZERO)).isTrue();
    assertThat(store.asked).endsWith(100L);
    reader.interrupt();
  }

  @Test
  void tellsThatNothingCame() throws InterruptedException {
    assertThat(hub.awaitAfter(scope, 0, Duration.ofMillis(1))).isFalse();
  }

  private void tell() {
    store.run(() -> {
      var _ =
          store
              .outbox()
              .append(scope, EndpointEvent.test(new EndpointId(new UUID(1, 1)), Instant.EPOCH));
    });
  }

  /// Looks until it has seen this.
  private static void look(EventHub hub, Going store, EventLog.News news) {
    store.next = news;
    int before = store.asked.size();
    Await.until(
        "a look",
        () -> {
          refresh(hub);
          return store.asked.size() > before;
        });
  }

  private void refresh() {
    refresh(hub);
  }

  private static void refresh(EventHub hub) {
    try {
      hub.refresh(Duration.ofMillis(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Has the news that a test wants.
  private static final class Going implements EventLog {
    private final EventLog behind;
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private volatile News next = new News(0, 0, Map.of());

    Going(EventLog behind) {
      this.behind = behind;
    }

    @Override
    public News news(long after) {
      asked.add(after);
      return next;
    }

    @Override
    public int number(int most) {
      return behind.number(most);
    }

    @Override
    public boolean mayHaveSome() {
      return true;
    }

    @Override
    public Part read(Scope scope, long after, Set<EventType> types, int most) {
      return behind.read(scope, after, types, most);
    }

    @Override
    public Optional<StoredEvent> find(Scope scope, EventId id) {
      return behind.find(scope, id);
    }

    @Override
    public long newest() {
      return behind.newest();
    }

    @Override
    public void leap() {
      behind.leap();
    }

    @Override
    public int prepare() {
      return behind.prepare();
    }

    @Override
    public boolean forget(Duration kept) {
      return behind.forget(kept);
    }
  }
}

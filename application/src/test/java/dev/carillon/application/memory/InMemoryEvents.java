package dev.carillon.application.memory;

import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Events in memory.
public final class InMemoryEvents implements EventLog {
  private static final long LEFT_OUT = 1_000_000_000;

  private final InMemoryStore store;
  private final InMemoryOutbox outbox;
  private final InMemoryDeliveries deliveries;
  private final InMemoryMessages messages;
  private final InstantSource clock;
  private final List<StoredEvent> events = new ArrayList<>();
  private boolean otherNode;
  private int taken;
  private long newest;
  private long oldest;

  InMemoryEvents(
      InMemoryStore store,
      InMemoryOutbox outbox,
      InMemoryDeliveries deliveries,
      InMemoryMessages messages,
      InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.deliveries = deliveries;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public boolean mayHaveSome() {
    return !otherNode;
  }

  /// Plays the node that has appended none of what is there.
  public void playOtherNode() {
    otherNode = true;
  }

  @Override
  public int number(int most) {
    if (store.look(() -> outbox.told().size() == taken)) {
      return 0;
    }
    return store.inTransaction(() -> {
      int first = taken;
      int last = Math.min(outbox.told().size(), first + most);
      for (InMemoryOutbox.Told told : outbox.told().subList(first, last)) {
        StoredEvent event = new StoredEvent(newest + 1, told.id(), told.scope(), told.event());
        store.add(events, event);
        stand(taken + 1, newest + 1);
        deliveries.putDown(whole(event), told.job());
      }
      return last - first;
    });
  }

  @Override
  public Part read(Scope scope, long after, Set<EventType> types, int most) {
    return store.inTransaction(() -> {
      if (after > newest) {
        return new Part(List.of(), newest, oldest);
      }
      List<StoredEvent> found =
          events.stream()
              .filter(event -> event.number() > Math.max(after, oldest))
              .filter(event -> event.scope().equals(scope))
              .filter(event -> types.isEmpty() || types.contains(event.event().type()))
              .limit(most)
              .map(this::whole)
              .toList();
      long upTo = found.size() == most ? found.getLast().number() : newest;
      return new Part(found, upTo, oldest);
    });
  }

  @Override
  public Optional<StoredEvent> find(Scope scope, EventId id) {
    return store.inTransaction(() ->
        events.stream()
            .filter(event -> event.number() > oldest)
            .filter(event -> event.scope().equals(scope) && event.id().equals(id))
            .map(this::whole)
            .findFirst());
  }

  @Override
  public long newest() {
    return store.inTransaction(() -> newest);
  }

  @Override
  public News news(long after) {
    return store.inTransaction(() -> {
      long from = Math.min(after, newest());
      return new News(
          from,
          newest(),
          events.stream()
              .filter(event -> event.number() > from)
              .collect(Collectors.toMap(StoredEvent::scope, StoredEvent::number, Math::max)));
    });
  }

  @Override
  public int prepare() {
    return 0;
  }

  @Override
  public void leap() {
    store.run(() -> stand(taken, newest + LEFT_OUT));
  }

  @Override
  public boolean forget(Duration kept) {
    return store.inTransaction(() -> {
      Instant before = clock.instant().minus(kept);
      long bygone =
          events.stream()
              .takeWhile(event -> event.event().at().isBefore(before))
              .mapToLong(StoredEvent::number)
              .max()
              .orElse(0);
      boolean any = bygone > oldest;
      oldest = Math.max(oldest, bygone);
      return any;
    });
  }

  /// With the caller's reference, which only the message itself has.
  private StoredEvent whole(StoredEvent stored) {
    return stored.event() instanceof MessageEvent event
        ? new StoredEvent(stored.number(), stored.id(), stored.scope(), whole(stored, event))
        : stored;
  }

  private MessageEvent whole(StoredEvent stored, MessageEvent event) {
    return new MessageEvent(
        event.id(),
        messages.find(stored.scope(), event.id()).map(Message::clientRef).orElse(""),
        event.status(),
        event.reason(),
        event.attempts(),
        event.carrier(),
        event.at());
  }

  private void stand(int takenThen, long newestThen) {
    int takenBefore = taken;
    long newestBefore = newest;
    store.undoBy(() -> {
      taken = takenBefore;
      newest = newestBefore;
    });
    taken = takenThen;
    newest = newestThen;
  }
}

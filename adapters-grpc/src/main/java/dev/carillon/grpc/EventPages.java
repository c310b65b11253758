package dev.carillon.grpc;

import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.v1.StreamEventsResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The events of a scope for one reader, without end: where a page was not full, the next waits for
/// what is to come, and a sign of life is sent meanwhile.
final class EventPages implements PacedStream.Pages<StreamEventsResponse> {
  /// Looked at again after this time, so that nothing hangs on one notice alone.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Scope scope;
  private final Feed feed;
  private final Pace pace;
  private ListEvents.Query next;
  private boolean begun;
  private long cursor;
  private long lastSent = System.nanoTime();
  private long lastRead;

  EventPages(ListEvents.Query query, Feed feed, Pace pace) {
    this.scope = query.caller().scope();
    this.feed = feed;
    this.pace = pace;
    this.next = query;
    this.begun = !pace.fromNow();
  }

  @Override
  public boolean sendNext(PacedStream<StreamEventsResponse> stream) throws InterruptedException {
    if (begun) {
      sendPage(stream);
    } else {
      begin(stream);
    }
    return true;
  }

  private void begin(PacedStream<StreamEventsResponse> stream) {
    begun = true;
    cursor = feed.newest().getAsLong();
    next = next.from(cursor);
    send(null, stream);
  }

  private void sendPage(PacedStream<StreamEventsResponse> stream) throws InterruptedException {
    lastRead = System.nanoTime();
    EventLog.Part part = feed.pages().apply(next);
    for (StoredEvent event : part.events()) {
      cursor = event.number();
      send(event, stream);
    }
    cursor = part.upTo();
    if (!untilBeat().isPositive()) {
      send(null, stream);
    }
    next = next.from(cursor);
    if (part.events().size() < next.most()) {
      awaitNews(stream);
    }
  }

  /// Until there is something after the cursor, or a sign of life is due. What comes shortly after
  /// a page waits for more to come: so much is read in one go, and other calls find the store free.
  private void awaitNews(PacedStream<StreamEventsResponse> stream) throws InterruptedException {
    Duration left = untilBeat();
    boolean news = false;
    while (!news && left.isPositive() && !stream.isOver()) {
      Duration wait = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
      news = feed.hub().awaitAfter(scope, cursor, wait);
      left = untilBeat();
    }
    stream.pause(pace.rest().minus(since(lastRead)));
  }

  private void send(@Nullable StoredEvent event, PacedStream<StreamEventsResponse> stream) {
    stream.send(EventResponses.streamed(scope, event, cursor, feed.clock().instant()));
    lastSent = System.nanoTime();
  }

  private Duration untilBeat() {
    return pace.heartbeat().minus(since(lastSent));
  }

  private static Duration since(long then) {
    return Duration.ofNanos(System.nanoTime() - then);
  }

  /// Where events come from.
  ///
  /// @param pages the page that a query asks for; one that is not full is the last for now
  /// @param newest the number after which all that is to come comes
  /// @param hub tells when there is more
  record Feed(
      Function<ListEvents.Query, EventLog.Part> pages,
      LongSupplier newest,
      EventHub hub,
      InstantSource clock) {}

  /// How its reader wants it.
  ///
  /// @param fromNow whether it begins with what is to come
  /// @param heartbeat a sign of life after this time without events
  /// @param rest least time between a page that was not full and the next
  record Pace(boolean fromNow, Duration heartbeat, Duration rest) {}
}

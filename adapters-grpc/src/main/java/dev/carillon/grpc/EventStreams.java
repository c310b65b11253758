package dev.carillon.grpc;

import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The streams of events that are open on this node, a bounded number: starts them, has a few of
/// them read at a time, so that other calls find the store free, and ends all when the node stops.
final class EventStreams {
  private static final String METHOD = EventServiceGrpc.getStreamEventsMethod().getFullMethodName();

  /// A page is handed over as a whole; asks for the next only once nothing waits any more.
  private static final int NOTHING_BUFFERED = 1;

  private static final int PAGE = 500;
  private static final int READ_AT_A_TIME = 4;
  private static final int MOST_OPEN = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration REST = Duration.ofMillis(200);

  private final Duration heartbeat;
  private final ErrorInterceptor errors;
  private final Tenants tenants;
  private final EventStream.Feed feed;
  private final Semaphore reading = new Semaphore(READ_AT_A_TIME, true);
  private final StreamRoom room;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  EventStreams(
      GrpcConfig.Streams config,
      ListEvents listEvents,
      EventHub hub,
      InstantSource clock,
      ErrorInterceptor errors,
      Tenants tenants) {
    this.heartbeat = config.heartbeat();
    this.room = new StreamRoom(MOST_OPEN, config.eventsPerScope());
    this.errors = errors;
    this.tenants = tenants;
    this.feed =
        new EventStream.Feed(
            query -> reading(() -> listEvents.handle(query)),
            () -> reading(listEvents::newest),
            hub,
            clock);
  }

  /// Serves events to a reader and returns at once. To be called from the call's handler. Throws
  /// InvalidFields, and QuotaExceeded when as many are open as may be.
  void serve(
      Caller caller,
      StreamEventsRequest request,
      ServerCallStreamObserver<StreamEventsResponse> reader) {
    ListEvents.Query query = EventRequests.stream(caller, request, PAGE);
    room.enter(caller.scope());
    try {
      begin(query, request, reader);
    } catch (RuntimeException | Error failed) {
      room.leave(caller.scope());
      throw failed;
    }
  }

  /// Ends all streams, and every one that is still to come, with UNAVAILABLE: readers go on at
  /// another node from their cursor.
  void drain() {
    draining = true;
    open.forEach(EventStream::drain);
  }

  private Duration heartbeat(StreamEventsRequest request) {
    return request.hasHeartbeatInterval()
        ? ProtoValues.duration(request.getHeartbeatInterval())
        : heartbeat;
  }

  private void begin(
      ListEvents.Query query,
      StreamEventsRequest request,
      ServerCallStreamObserver<StreamEventsResponse> reader) {
    reader.setOnReadyThreshold(NOTHING_BUFFERED);
    EventStream stream =
        new EventStream(
            query,
            feed,
            new EventStream.Pace(request.getFromNow(), heartbeat(request), PATIENCE, REST),
            failure -> errors.statusOf(failure, METHOD, EntryPaths.ENTRIES),
            reader);
    Runnable relay = tenants.ofCall().apply(() -> run(stream, query.caller().scope()));
    open.add(stream);
    if (draining) {
      stream.drain();
    }
    Thread.ofVirtual().name("events").start(relay);
  }

  private void run(EventStream stream, Scope scope) {
    try {
      stream.run();
    } finally {
      open.remove(stream);
      room.leave(scope);
    }
  }

  private <T> T reading(Supplier<T> read) {
    reading.acquireUninterruptibly();
    try {
      return read.get();
    } finally {
      reading.release();
    }
  }
}

package dev.carillon.grpc;

import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.InstantSource;

/// The streams of events that are open on this node.
final class EventStreams {
  private static final int PAGE = 500;
  private static final int MOST_OPEN = 1_000;
  private static final Duration REST = Duration.ofMillis(200);

  private final Duration heartbeat;
  private final PacedStreams<StreamEventsResponse> streams;
  private final EventPages.Feed feed;

  EventStreams(
      GrpcConfig.Streams config,
      ListEvents listEvents,
      EventHub hub,
      InstantSource clock,
      ErrorInterceptor errors,
      Tenants tenants) {
    this.heartbeat = config.heartbeat();
    this.streams =
        new PacedStreams<>(
            EventServiceGrpc.getStreamEventsMethod(),
            new StreamRoom("event streams", MOST_OPEN, config.eventsPerScope()),
            config.patience(),
            errors,
            tenants);
    this.feed =
        new EventPages.Feed(
            query -> streams.reading(() -> listEvents.handle(query)),
            () -> streams.reading(listEvents::newest),
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
    EventPages.Pace pace = new EventPages.Pace(request.getFromNow(), heartbeat(request), REST);
    streams.serve(caller.scope(), new EventPages(query, feed, pace), reader);
  }

  /// Ends all streams, and every one that is still to come: readers go on at another node from
  /// their cursor.
  void drain() {
    streams.drain();
  }

  private Duration heartbeat(StreamEventsRequest request) {
    return request.hasHeartbeatInterval()
        ? ProtoValues.duration(request.getHeartbeatInterval())
        : heartbeat;
  }
}

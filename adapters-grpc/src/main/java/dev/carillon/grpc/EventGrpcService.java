package dev.carillon.grpc;

import dev.carillon.application.event.ListEvents;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.ListEventsRequest;
import dev.carillon.v1.ListEventsResponse;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/// carillon.v1.EventService: map in, handle, map out. Refusals are thrown, and become statuses
/// elsewhere.
final class EventGrpcService extends EventServiceGrpc.EventServiceImplBase {
  private final ListEvents listEvents;
  private final EventStreams streams;

  EventGrpcService(ListEvents listEvents, EventStreams streams) {
    this.listEvents = listEvents;
    this.streams = streams;
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> answer) {
    Caller caller = Callers.current();
    ListEvents.Query query = EventRequests.list(caller, request);
    answer.onNext(EventResponses.listed(caller.scope(), listEvents.handle(query)));
    answer.onCompleted();
  }

  @Override
  public void streamEvents(
      StreamEventsRequest request, StreamObserver<StreamEventsResponse> answer) {
    streams.serve(
        Callers.current(), request, (ServerCallStreamObserver<StreamEventsResponse>) answer);
  }
}

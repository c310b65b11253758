package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import java.time.InstantSource;

/// Wires EventService: needs its use case and an [EventHub].
final class EventGrpcModule extends AbstractModule {
  private final GrpcConfig.Streams config;

  EventGrpcModule(GrpcConfig.Streams config) {
    this.config = config;
  }

  @Provides
  EventGrpcService service(ListEvents listEvents, EventStreams streams) {
    return new EventGrpcService(listEvents, streams);
  }

  @Provides
  @Singleton
  EventStreams streams(
      ListEvents listEvents,
      EventHub hub,
      InstantSource clock,
      ErrorInterceptor errors,
      Tenants tenants) {
    return new EventStreams(config, listEvents, hub, clock, errors, tenants);
  }
}

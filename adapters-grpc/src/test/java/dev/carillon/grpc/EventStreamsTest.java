package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.InMemoryTenancy;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {
  private static final int MOST = 2;

  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final Scope scope = store.newScope();
  private final EventStreams streams =
      new EventStreams(
          new GrpcConfig.Streams(Duration.ofSeconds(15), Duration.ofMillis(100), MOST),
          new ListEvents(store.events()),
          new EventHub(store.events()),
          InstantSource.system(),
          new ErrorInterceptor(new Incidents(() -> "incident")),
          new Tenants(new InMemoryTenancy()));

  @AfterEach
  void end() {
    streams.drain();
  }

  @Test
  void leavesRoomForOtherBusinesses() {
    for (int i = 0; i < MOST; i++) {
      serve(scope, new ScriptedReader<>());
    }

    refused(scope);

    serve(store.newScope(), new ScriptedReader<>());
  }

  @Test
  void hasRoomAgainWhenAReaderIsGone() {
    ScriptedReader<StreamEventsResponse> first = new ScriptedReader<>();
    serve(scope, first);
    serve(scope, new ScriptedReader<>());
    refused(scope);

    first.goAway();

    Await.until("room", () -> isServed(scope));
  }

  @Test
  void keepsNoRoomForAReaderThatCouldNotBeServed() {
    for (int i = 0; i < MOST; i++) {
      assertThatThrownBy(() -> serve(scope, ScriptedReader.broken()))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(isServed(scope)).isTrue();
  }

  private void refused(Scope owner) {
    assertThatThrownBy(() -> serve(owner, new ScriptedReader<>()))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal -> assertThat(refusal.error()).isInstanceOf(DomainError.QuotaExceeded.class));
  }

  private boolean isServed(Scope owner) {
    try {
      serve(owner, new ScriptedReader<>());
      return true;
    } catch (DomainException full) {
      return false;
    }
  }

  private void serve(Scope owner, ScriptedReader<StreamEventsResponse> reader) {
    streams.serve(
        new Caller(owner, Role.USER, "k", "ZW", "USD"),
        StreamEventsRequest.getDefaultInstance(),
        reader);
  }
}

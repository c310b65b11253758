package dev.carillon.application.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberEventsTest {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final Scope scope = store.newScope();
  private final NumberEvents number =
      new NumberEvents(store.events(), new EventHub(store.events()));

  @Test
  void numbersAtOnceWhatThisNodeHasAppended() {
    assertThat(number.handle()).isZero();
    tell();

    assertThat(number.handle()).isEqualTo(1);
    assertThat(number.handle()).isZero();
  }

  @Test
  void findsWhatAnotherNodeHasLeftWithinTenCalls() {
    store.events().playOtherNode();
    assertThat(number.handle()).isZero();
    tell();

    assertThat(IntStream.range(0, 9).map(_ -> number.handle()).sum()).isZero();
    assertThat(number.handle()).isEqualTo(1);
  }

  private void tell() {
    store.run(() -> {
      var _ =
          store
              .outbox()
              .append(scope, EndpointEvent.test(new EndpointId(new UUID(7, 7)), Instant.EPOCH));
    });
  }
}

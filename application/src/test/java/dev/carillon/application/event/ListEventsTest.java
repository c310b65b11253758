package dev.carillon.application.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListEventsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Scope scope = store.newScope();
  private final ListEvents list = new ListEvents(store.events());

  @Test
  void goesOnAfterTheNewestOne() {
    tell();

    assertThat(list.handle(query(store.events().newest())).events()).isEmpty();
    assertThat(list.handle(query(0)).events()).hasSize(1);
  }

  @Test
  void refusesACursorOfAHistoryThatWasLost() {
    tell();
    long newest = store.events().newest();

    assertThat(refusal(newest + 1)).isEqualTo(new DomainError.CursorTooNew(scope, newest));
  }

  @Test
  void refusesACursorBehindWhatIsKept() {
    tell();
    clock.advance(Duration.ofDays(40));
    tell();
    assertThat(new KeepEvents(store.events(), Duration.ofDays(30)).handle()).isEqualTo(1);

    assertThat(refusal(0)).isEqualTo(new DomainError.CursorTooOld(scope, 1));
    assertThat(list.handle(query(1)).events()).hasSize(1);
  }

  private DomainError refusal(long after) {
    return catchThrowableOfType(DomainException.class, () -> list.handle(query(after))).error();
  }

  private ListEvents.Query query(long after) {
    return new ListEvents.Query(
        new Caller(scope, Role.USER, "k", "ZW", "USD"), OptionalLong.of(after), Set.of(), 10);
  }

  private void tell() {
    store.run(() -> {
      var _ =
          store
              .outbox()
              .append(scope, EndpointEvent.test(new EndpointId(new UUID(1, 1)), clock.instant()));
    });
    assertThat(store.events().number(10)).isEqualTo(1);
  }
}

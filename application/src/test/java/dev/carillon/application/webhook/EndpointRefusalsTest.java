package dev.carillon.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.SealedSecret;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EndpointRefusalsTest {
  private static final int MOST = 2;
  private static final EventId EVENT = new EventId(new UUID(0, 1));
  private static final WebhookSender NOBODY =
      new WebhookSender() {
        @Override
        public Optional<DeliveryAnswer> send(Request request) {
          return Optional.empty();
        }

        @Override
        public Optional<String> refusal(String url) {
          return Optional.empty();
        }
      };

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Caller admin = new Caller(store.newScope(), Role.ADMIN_USER, "k", "ZW", "USD");
  private final Idempotency idempotency = new Idempotency(store, store.keys(), clock);
  private final CreateEndpoint create =
      new CreateEndpoint(
          idempotency,
          store.endpoints(),
          NOBODY,
          new CreateEndpoint.Making(
              () -> new WebhookSecrets.NewSecret("whsec_1", new SealedSecret("sealed")),
              new SequentialIds(),
              clock),
          MOST);
  private final TestEndpoint test =
      new TestEndpoint(idempotency, store.endpoints(), store.outbox(), clock);
  private final RedeliverEvent redeliver =
      new RedeliverEvent(idempotency, store.endpoints(), store.events(), store.deliveries());

  @Test
  void sendsNothingToAnEndpointThatIsSwitchedOff() {
    String off = create(false);
    String on = create(true);

    assertThat(refusal(() -> redeliver(off))).isEqualTo(new DomainError.EndpointDisabled(off));
    assertThat(refusal(() -> test.handle(new TestEndpoint.Command(admin, off, ""))))
        .isEqualTo(new DomainError.EndpointDisabled(off));
    assertThat(refusal(() -> redeliver(on)))
        .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.EVENT, EVENT.toString()));
    assertThat(test.handle(new TestEndpoint.Command(admin, on, ""))).isNotNull();
  }

  @Test
  void saysHowManyEndpointsThereAreAlready() {
    create(true);
    create(false);

    assertThat(refusal(() -> create(true))).isEqualTo(new DomainError.TooManyEndpoints(MOST));
  }

  private String create(boolean enabled) {
    EndpointDetails details = new EndpointDetails("https://one.example/", Set.of(), "", enabled);
    return create.handle(new CreateEndpoint.Command(admin, "", details)).endpoint().id().toString();
  }

  private void redeliver(String endpoint) {
    redeliver.handle(new RedeliverEvent.Command(admin, endpoint, EVENT, ""));
  }

  private static DomainError refusal(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }
}

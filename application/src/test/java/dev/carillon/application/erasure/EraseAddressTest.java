package dev.carillon.application.erasure;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.Contact;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.IdempotencyKeys;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import dev.carillon.domain.recipient.Recipient;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EraseAddressTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String NUMBER = "+263771230001";

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Scope scope = store.newScope();
  private final Caller caller = callerOf(scope);
  private final EraseAddress eraseAddress =
      new EraseAddress(
          new Idempotency(store, store.keys(), clock),
          store.erasures(),
          store.recipients(),
          new PlainNumbering(),
          clock);
  private final GetErasure getErasure = new GetErasure(store.erasures());

  @Test
  void notesWhatIsToBeForgottenAndShowsIt() {
    Erasure erasure = erase("", Channel.SMS, "0771 230 001");

    assertThat(erasure.requestedAt()).isEqualTo(NOW);
    assertThat(erasure.done()).isFalse();
    assertThat(get(caller, erasure.id().toString())).isEqualTo(erasure);
    assertThat(store.erasures().due(NOW, 10))
        .containsExactly(new Erasures.Due(erasure.id(), Erasures.Line.NONE));
  }

  @Test
  void takesTheAddressFromContactsAtOnce() {
    Recipient only = contact(Contact.named("Only").sms(NUMBER));
    Recipient also = contact(Contact.named("Also").whatsApp(NUMBER).mail("also@example.com"));
    Recipient other = contact(Contact.named("Other").sms("+263771230002"));

    erase("", Channel.WHATSAPP, NUMBER);

    assertThat(store.recipients().find(scope, only.id())).isEmpty();
    assertThat(store.recipients().find(scope, also.id()).orElseThrow().details().whatsappPhone())
        .isNull();
    assertThat(store.recipients().find(scope, other.id())).contains(other);
  }

  @Test
  void forgetsThoseWhomItDeletesWhateverElseTheyHad() {
    contact(Contact.named("Also").sms(NUMBER).mail("also@example.com"));
    erase("", Channel.SMS, NUMBER);
    assertThat(store.erasures().due(NOW, 10)).hasSize(1);

    Recipient only = contact(Contact.named("Only").sms(NUMBER));
    StoredJob earlier = anSmsJob().to(only.id(), "+263771230002").storeIn(store.ports(), scope);
    erase("", Channel.SMS, NUMBER);

    List<ErasureId> due =
        store.erasures().due(NOW.plusSeconds(1), 10).stream().map(Erasures.Due::id).toList();
    assertThat(due).hasSize(3);
    assertThat(store.erasures().targets(due, 10).stream().map(Erasures.Target::message))
        .containsExactly(earlier.ref(0));
  }

  @Test
  void readsMailboxesAsMailboxes() {
    Recipient known = contact(Contact.named("Mail").mail("ann@example.com"));

    erase("", Channel.EMAIL, "ann@EXAMPLE.com");

    assertThat(store.recipients().find(scope, known.id())).isEmpty();
  }

  @Test
  void asksOnceForOneRequestId() {
    Erasure first = erase("r-1", Channel.SMS, NUMBER);

    assertThat(erase("r-1", Channel.SMS, "0771230001").id()).isEqualTo(first.id());
    assertThat(erase("r-2", Channel.SMS, NUMBER).id()).isNotEqualTo(first.id());
    assertThat(refusal(() -> erase("r-1", Channel.SMS, "+263771230002")))
        .isEqualTo(new DomainError.RequestIdReused("r-1"));
  }

  @Test
  void remembersNoHashThatTellsTheAddress() {
    Set<String> hashes = new HashSet<>();
    EraseAddress watched =
        new EraseAddress(
            new Idempotency(store, noting(hashes), clock),
            store.erasures(),
            store.recipients(),
            new PlainNumbering(),
            clock);

    for (int i = 0; i < 1_000; i++) {
      String number = "+26377123" + (1_000 + i);
      watched.handle(new EraseAddress.Command(caller, "r-" + i, Channel.SMS, number));
    }

    assertThat(hashes).hasSizeBetween(2, 256);
  }

  @Test
  void refusesWhatIsNoAddressOfTheChannel() {
    DomainError wrong =
        new DomainError.InvalidFields(
            List.of(new FieldViolation("address", "is no address of this channel")));

    assertThat(refusal(() -> erase("", Channel.SMS, "ann@example.com"))).isEqualTo(wrong);
    assertThat(refusal(() -> erase("", Channel.EMAIL, NUMBER))).isEqualTo(wrong);
    assertThat(refusal(() -> erase("", Channel.WHATSAPP, ""))).isEqualTo(wrong);
    assertThat(store.erasures().due(NOW, 10)).isEmpty();
  }

  @Test
  void showsNothingToOthersAndNothingForNonsense() {
    String id = erase("", Channel.SMS, NUMBER).id().toString();
    Caller test = callerOf(new Scope(scope.business(), Environment.TEST));

    for (Caller stranger : List.of(test, callerOf(store.newScope()))) {
      assertThat(refusal(() -> get(stranger, id)))
          .isEqualTo(new DomainError.NotFound(Kind.ERASURE, id));
    }
    for (String nonsense : List.of("", "x", new UUID(1, 2).toString())) {
      assertThat(refusal(() -> get(caller, nonsense)))
          .isEqualTo(new DomainError.NotFound(Kind.ERASURE, nonsense));
    }
  }

  @Test
  void keepsTheAddressOutOfItsWords() {
    assertThat(new EraseAddress.Command(caller, "r-1", Channel.SMS, NUMBER).toString())
        .doesNotContain("771230001");
  }

  private Erasure erase(String requestId, Channel channel, String address) {
    return eraseAddress.handle(new EraseAddress.Command(caller, requestId, channel, address));
  }

  private Erasure get(Caller by, String id) {
    return getErasure.handle(new GetErasure.Query(by, id));
  }

  private Recipient contact(Contact contact) {
    return store
        .recipients()
        .insert(scope, new NewRecipient(UUID.randomUUID(), contact.details()), NOW);
  }

  private IdempotencyKeys noting(Set<String> hashes) {
    IdempotencyKeys keys = store.keys();
    return new IdempotencyKeys() {
      @Override
      public Claim claim(
          Scope of, String method, String requestId, byte[] fingerprint, Instant now) {
        hashes.add(HexFormat.of().formatHex(fingerprint));
        return keys.claim(of, method, requestId, fingerprint, now);
      }

      @Override
      public void answer(Scope of, String method, String requestId, Map<String, String> answer) {
        keys.answer(of, method, requestId, answer);
      }
    };
  }

  private static DomainError refusal(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }
}

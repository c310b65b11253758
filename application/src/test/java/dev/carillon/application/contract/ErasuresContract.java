package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every store of erasures promises.
public abstract class ErasuresContract extends StoreContract {
  /// Somebody's number.
  protected static final String NUMBER = "+263771230001";

  private static final Erasure.Subject OF_NUMBER = address(NUMBER);
  private static final RecipientId SOMEBODY = new RecipientId(4_000_000_001L);
  private static final CarrierId CARRIER = new CarrierId("scripted");

  /// The erasures of the store that the ports go to.
  protected abstract Erasures erasures();

  protected static Erasure.Subject address(String number) {
    return new Erasure.Subject.OfAddress(PhoneNumber.parse(number).orElseThrow());
  }

  @Test
  void showsWhatWasAskedForToItsOwnerOnly() {
    Erasure asked = request(OF_NUMBER);

    assertThat(asked.done()).isFalse();
    assertThat(asked.counts()).isEqualTo(Erasure.Counts.NONE);
    assertThat(asked.requestedAt()).isEqualTo(NOW);
    assertThat(erasures().find(scope(), asked.id())).contains(asked);
    assertThat(erasures().find(testScope(), asked.id())).isEmpty();
    assertThat(erasures().find(ports().newScope().get(), asked.id())).isEmpty();
    assertThat(erasures().find(scope(), new ErasureId(new UUID(7, 7)))).isEmpty();
  }

  @Test
  void asksForTheSameAgainAnew() {
    assertThat(request(OF_NUMBER).id()).isNotEqualTo(request(OF_NUMBER).id());
  }

  @Test
  void isDueFromTheCommitUntilItWaitsOrEnds() {
    ErasureId id = request(OF_NUMBER).id();
    assertThat(due(id)).isEqualTo(Erasures.Line.NONE);

    erasures().defer(List.of(id), NOW.plusSeconds(10));
    assertThat(isDue(id)).isFalse();
    assertThat(erasures().due(NOW.plusSeconds(10), 1_000).stream().map(Erasures.Due::id))
        .contains(id);

    erasures().defer(List.of(id), NOW);
    erasures().end(List.of(id), NOW);
    assertThat(isDue(id)).isFalse();
  }

  @Test
  void putsThoseThatWaitedLongestFirst() {
    ErasureId later = request(OF_NUMBER).id();
    ErasureId sooner = request(OF_NUMBER).id();
    erasures().defer(List.of(later), NOW.minusSeconds(1));
    erasures().defer(List.of(sooner), NOW.minusSeconds(2));

    List<ErasureId> due = erasures().due(NOW, 1_000).stream().map(Erasures.Due::id).toList();

    assertThat(due.indexOf(sooner)).isLessThan(due.indexOf(later));
    assertThat(erasures().due(NOW, 1)).hasSize(1);
  }

  @Test
  void hasPassedALineBeforeWhichNobodyIsAtWork() {
    ErasureId id = request(OF_NUMBER).id();

    erasures().drawLine(List.of(id));

    Await.until("it is past", () -> due(id) == Erasures.Line.PAST);
  }

  @Test
  void findsWhatWentToAnAddressOverAllJobsOfTheScope() {
    StoredJob first = store(anSmsJob().to(3).to(NUMBER, PersonalContent.EMPTY, "a").chunksOf(2));
    StoredJob second = store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, "").to(1));
    store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, ""), testScope());
    store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, ""), ports().newScope().get());

    assertThat(targets(OF_NUMBER)).containsExactly(first.ref(3), second.ref(0));
  }

  @Test
  void findsMailboxesToo() {
    StoredJob job = store(anEmailJob().to("a@example.com", PersonalContent.EMPTY, "").to(1));

    assertThat(
            targets(
                new Erasure.Subject.OfAddress(EmailAddress.parse("a@example.com").orElseThrow())))
        .containsExactly(job.ref(0));
  }

  @Test
  void findsWhatWentToARecipientWhereverItWent() {
    StoredJob job = store(anSmsJob().to(SOMEBODY, NUMBER).to(1).to(SOMEBODY, "+263771230002"));
    store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, ""));
    store(anSmsJob().to(SOMEBODY, NUMBER), ports().newScope().get());

    assertThat(targets(new Erasure.Subject.OfRecipient(SOMEBODY)))
        .containsExactly(job.ref(0), job.ref(2));
  }

  @Test
  void findsASharedMessageForEachAndNoMoreThanAskedFor() {
    StoredJob job = store(anSmsJob().to(SOMEBODY, NUMBER).to(SOMEBODY, NUMBER));
    ErasureId place = request(OF_NUMBER).id();
    ErasureId person = request(new Erasure.Subject.OfRecipient(SOMEBODY)).id();

    List<Erasures.Target> found = erasures().targets(List.of(place, person), 10);

    assertThat(found)
        .containsExactlyInAnyOrder(
            new Erasures.Target(place, job.ref(0)),
            new Erasures.Target(person, job.ref(0)),
            new Erasures.Target(place, job.ref(1)),
            new Erasures.Target(person, job.ref(1)));
    assertThat(found.stream().map(Erasures.Target::message))
        .containsExactly(job.ref(0), job.ref(0), job.ref(1), job.ref(1));
    assertThat(erasures().targets(List.of(place, person), 3).stream().map(Erasures.Target::message))
        .containsExactly(job.ref(0), job.ref(0), job.ref(1));
    assertThat(erasures().targets(List.of(), 10)).isEmpty();
  }

  @Test
  void takesEverythingPersonalOutOfAMessageAndLeavesItsFate() {
    StoredJob job =
        storeAt(
            JobStatus.PROCESSING,
            anSmsJob()
                .to(NUMBER, new PersonalContent("Dear Ann", "s", "h", List.of("Ann")), "order-7")
                .to(1));
    change(
        job.chunk(0),
        chunk -> {
          chunk.move(0, MessageTransition.MARK);
          chunk.move(0, MessageTransition.ACCEPT);
          chunk.move(0, MessageTransition.FAIL_DELIVERY);
        });
    log(job.ref(0), "no such user Ann");
    Message before = shown(job, 0);
    assertThat(before.detail()).isEqualTo("no such user Ann");

    assertThat(clear(job.ref(0))).isEqualTo(new Erasure.Counts(0, 1, 2));

    Message after = shown(job, 0);
    assertThat(after.address()).isEmpty();
    assertThat(after.clientRef()).isEmpty();
    assertThat(after.detail()).isEmpty();
    assertThat(after.status()).isEqualTo(MessageStatus.UNDELIVERED);
    assertThat(after.reason()).isEqualTo(before.reason());
    assertThat(after.last()).isEqualTo(before.last());
    assertThat(after.sentAt()).isEqualTo(before.sentAt());
    assertThat(after.parts()).isEqualTo(before.parts());
    assertThat(ports().messages().load(job.chunk(0), 0, 2).stream().map(StoredMessage::own))
        .containsExactly(PersonalContent.EMPTY, PersonalContent.EMPTY);
    assertThat(shown(job, 1).address()).isNotEmpty();
    assertThat(targets(OF_NUMBER)).isEmpty();
  }

  @Test
  void keepsNothingThatIsSaidOfAnErasedMessageLater() {
    StoredJob job =
        storeAt(
            JobStatus.PROCESSING,
            anSmsJob().to(NUMBER, PersonalContent.EMPTY, "").to(SOMEBODY, "+263771230009"));
    clear(job.ref(0));

    for (int position = 0; position < 2; position++) {
      log(job.ref(position), "no such user Ann");
      Attempt late =
          new Attempt(
              position,
              2,
              false,
              OutcomeKind.UNCONFIRMED,
              null,
              "Ann?",
              CARRIER,
              "",
              "",
              List.of(),
              NOW);
      ChunkKey chunk = job.ref(position).chunkKey();
      ports().transactions().run(() -> ports().log().appendMissingAttempts(chunk, List.of(late)));
    }

    assertThat(clear(job.ref(0))).as("no words are left").isEqualTo(Erasure.Counts.NONE);
    assertThat(clear(job.ref(1))).isEqualTo(new Erasure.Counts(0, 1, 3));
  }

  @Test
  void erasesAMessageOnce() {
    StoredJob job = store(anSmsJob().to(SOMEBODY, NUMBER));

    assertThat(clear(job.ref(0))).isEqualTo(new Erasure.Counts(0, 1, 0));
    assertThat(clear(job.ref(0))).isEqualTo(Erasure.Counts.NONE);
    assertThat(targets(new Erasure.Subject.OfRecipient(SOMEBODY))).isEmpty();
  }

  @Test
  void erasesNothingWhenTheTransactionFails() {
    StoredJob job = store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, "order-7"));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  erasures().clear(List.of(job.ref(0)));
                  throw new IllegalStateException("too bad");
                }))
        .hasMessage("too bad");

    assertThat(shown(job, 0).clientRef()).isEqualTo("order-7");
    assertThat(targets(OF_NUMBER)).containsExactly(job.ref(0));
  }

  @Test
  void neverHasAnErasedMessageRetried() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(SOMEBODY, NUMBER).to(1));
    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.EXPIRE));
    assertThat(retryable(job)).containsExactly(0, 1);

    clear(job.ref(0));

    assertThat(retryable(job)).containsExactly(1);
  }

  @Test
  void findsWhatARetryHasCopied() {
    StoredJob job = store(anSmsJob().to(SOMEBODY, NUMBER).to(1));
    StoredJob copy = store(anSmsJob().to(0).retrying(job.bulkId()));
    StoredJob filled = fill(job, copy);

    assertThat(targets(new Erasure.Subject.OfRecipient(SOMEBODY)))
        .containsExactly(job.ref(0), filled.ref(0));
  }

  @Test
  void addsUpWhatWasDone() {
    ErasureId id = request(OF_NUMBER).id();
    ErasureId other = request(OF_NUMBER).id();

    ports().transactions().run(() -> erasures().add(Map.of(id, new Erasure.Counts(1, 2, 3))));
    ports().transactions().run(() -> erasures().add(Map.of(id, new Erasure.Counts(10, 20, 30))));

    assertThat(find(id).counts()).isEqualTo(new Erasure.Counts(11, 22, 33));
    assertThat(find(other).counts()).isEqualTo(Erasure.Counts.NONE);
  }

  @Test
  void showsItsEnd() {
    ErasureId id = request(OF_NUMBER).id();

    erasures().end(List.of(id), NOW.plusSeconds(5));

    assertThat(find(id).done()).isTrue();
    assertThat(find(id).endedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(find(id).requestedAt()).isEqualTo(NOW);
  }

  protected final Erasure request(Erasure.Subject subject) {
    return ports().transactions().inTransaction(() -> erasures().request(scope(), subject, NOW));
  }

  protected final Erasures.Line due(ErasureId id) {
    return erasures().due(NOW, 1_000).stream()
        .filter(erasure -> erasure.id().equals(id))
        .map(Erasures.Due::line)
        .findFirst()
        .orElseThrow();
  }

  protected final Message shown(StoredJob job, int position) {
    return ports().messages().find(job.scope(), job.messageId(position)).orElseThrow();
  }

  protected final Erasure.Counts clear(MessageRef... messages) {
    return ports().transactions().inTransaction(() -> erasures().clear(List.of(messages)));
  }

  private boolean isDue(ErasureId id) {
    return erasures().due(NOW, 1_000).stream().anyMatch(erasure -> erasure.id().equals(id));
  }

  private List<MessageRef> targets(Erasure.Subject subject) {
    ErasureId id = request(subject).id();
    return erasures().targets(List.of(id), 1_000).stream()
        .peek(target -> assertThat(target.erasure()).isEqualTo(id))
        .map(Erasures.Target::message)
        .toList();
  }

  private Erasure find(ErasureId id) {
    return erasures().find(scope(), id).orElseThrow();
  }

  private List<Integer> retryable(StoredJob job) {
    return ports().messages().retryable(job.id(), RetrySelection.DEFAULT, -1, 10).stream()
        .map(Retryable::position)
        .toList();
  }

  private StoredJob fill(StoredJob job, StoredJob copy) {
    ports()
        .transactions()
        .run(() -> {
          ports().messages().copy(job.id(), List.of(0), copy.id(), 0);
          ports().chunks().insert(anSmsJob().to(1).chunks(copy.id()));
        });
    return new StoredJob(copy.id(), copy.bulkId(), copy.scope(), 1, job.chunkSize());
  }

  private void log(MessageRef message, String words) {
    ports()
        .transactions()
        .run(() -> {
          ports()
              .log()
              .appendAttempts(
                  message.chunkKey(),
                  List.of(
                      new Attempt(
                          message.position(),
                          1,
                          false,
                          OutcomeKind.ACCEPTED,
                          null,
                          "taken for Ann",
                          CARRIER,
                          "",
                          "id-1",
                          List.of(),
                          NOW)));
          ports()
              .log()
              .appendReceipts(
                  List.of(
                      new Receipt(
                          message,
                          ReceiptKind.UNDELIVERED,
                          Reason.UNKNOWN_DESTINATION,
                          words,
                          CARRIER,
                          "id-1",
                          NOW.plus(Duration.ofSeconds(1)))));
        });
  }
}

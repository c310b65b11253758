package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.message.StatusByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store keeps about sending messages of an ended job once more.
public abstract class RetryContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final CarrierId CARRIER = new CarrierId("scripted");
  private static final Route ROUTE = new Route(CARRIER, "");
  private static final Set<MessageStatus> RETRYABLE = RetrySelection.RETRYABLE;

  @Test
  void findsWhatADefaultRetryTakes() {
    assertThat(retryable(aJobOfEveryKind(), RetrySelection.DEFAULT))
        .containsExactly(2, 3, 5, 9, 10);
  }

  @Test
  void findsByEveryStatusThatMayBeAskedFor() {
    StoredJob job = aJobOfEveryKind();

    assertThat(retryable(job, of(MessageStatus.FAILED))).containsExactly(2, 3, 10);
    assertThat(retryable(job, of(MessageStatus.UNDELIVERED))).containsExactly(5);
    assertThat(retryable(job, of(MessageStatus.CANCELLED))).containsExactly(6);
    assertThat(retryable(job, of(MessageStatus.EXPIRED))).containsExactly(9);
    assertThat(retryable(job, of())).isEmpty();
  }

  @Test
  void findsWhatIsInDoubtOnDemandOnly() {
    StoredJob job = aJobOfEveryKind();

    assertThat(retryable(job, new RetrySelection(Set.of(), Set.of(), true)))
        .containsExactly(4, 11, 12);
    assertThat(retryable(job, new RetrySelection(Set.of(MessageStatus.CANCELLED), Set.of(), true)))
        .containsExactly(4, 6, 11, 12);
  }

  @Test
  void findsByTheReasonThatIsShown() {
    StoredJob job = aJobOfEveryKind();

    for (Reason reason : Reason.values()) {
      List<Integer> expected =
          retryable(job, new RetrySelection(RETRYABLE, Set.of(), true)).stream()
              .filter(position -> shown(job, position).reason() == reason)
              .toList();
      assertThat(retryable(job, new RetrySelection(RETRYABLE, Set.of(reason), true)))
          .as("%s", reason)
          .isEqualTo(expected);
    }
    assertThat(retryable(job, new RetrySelection(RETRYABLE, Set.of(Reason.CARRIER_REFUSED), false)))
        .containsExactly(2);
    assertThat(retryable(job, new RetrySelection(RETRYABLE, Set.of(Reason.NOT_DELIVERED), false)))
        .containsExactly(5);
  }

  @Test
  void pagesThroughThem() {
    StoredJob job = aJobOfEveryKind();

    assertThat(page(job, -1, 2)).containsExactly(2, 3);
    assertThat(page(job, 3, 2)).containsExactly(5, 9);
    assertThat(page(job, 9, 2)).containsExactly(10);
    assertThat(page(job, 10, 2)).isEmpty();
    assertThat(
            ports()
                .messages()
                .retryable(new JobId(Long.MAX_VALUE), RetrySelection.DEFAULT, -1, MANY))
        .isEmpty();
  }

  @Test
  void tellsThePartsOfEach() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2));
    refuse(job, 1, Reason.CARRIER_REFUSED);

    assertThat(ports().messages().retryable(job.id(), RetrySelection.DEFAULT, -1, MANY))
        .containsExactly(new Retryable(1, 1, -1));
  }

  @Test
  void leavesOutWhatAnotherRetryHasTaken() {
    StoredJob job = aJobOfEveryKind();
    copy(job, List.of(3, 5));
    assertThat(retryable(job, RetrySelection.DEFAULT)).containsExactly(2, 9, 10);

    copy(job, List.of(2));
    assertThat(retryable(job, RetrySelection.DEFAULT)).containsExactly(9, 10);
  }

  @Test
  void takesNothingForARetryThatWasRolledBack() {
    StoredJob job = aJobOfEveryKind();

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  copy(job, List.of(2, 3));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(retryable(job, RetrySelection.DEFAULT)).containsExactly(2, 3, 5, 9, 10);
  }

  @Test
  void copiesAllThatWasPreparedOfAMessage() {
    PersonalContent own = new PersonalContent("", "Dear ☃", "<p>\"it's\" 😀</p>", List.of());
    PersonalContent parameters =
        new PersonalContent(
            null, null, null, List.of("a\tb", "", "{}"), Map.of("first_name", "Jane ☃"));
    StoredJob parent =
        store(
            anEmailJob()
                .to("zero@example.com", PersonalContent.EMPTY, "ref-0")
                .to("one@example.com", own, "ref-1")
                .leavingOut(Reason.DUPLICATE)
                .to("three@example.com", parameters, "")
                .to("four@example.com", own, "ref-4")
                .chunksOf(2));

    StoredJob child = copy(parent, List.of(1, 3, 4), anEmailJob());

    assertThat(ports().messages().load(child.chunk(0), 0, MANY))
        .containsExactly(
            new StoredMessage(0, "one@example.com", own, "Econet"),
            new StoredMessage(1, "three@example.com", parameters, "Econet"),
            new StoredMessage(2, "four@example.com", own, "Econet"));
    assertThat(IntStream.range(0, 3).mapToObj(at -> shown(child, at).clientRef()))
        .containsExactly("ref-1", "", "ref-4");
    assertThat(shown(child, 1).status()).isEqualTo(MessageStatus.PENDING);
    assertThat(shown(parent, 1).address()).isEqualTo("one@example.com");
  }

  @Test
  void copiesSeveralTimesIntoOneJob() {
    StoredJob parent = store(anSmsJob().to(6));
    StoredJob child = copy(parent, List.of(0, 5));

    ports()
        .transactions()
        .run(() -> {
          ports().messages().copy(parent.id(), List.of(2, 3), child.id(), 2);
          ports().chunks().insert(List.of(chunk(child.id(), 1, 2, 2)));
        });

    assertThat(ports().messages().load(child.chunk(0), 0, MANY))
        .extracting(StoredMessage::address)
        .containsExactly(
            shown(parent, 0).address(),
            shown(parent, 5).address(),
            shown(parent, 2).address(),
            shown(parent, 3).address());
  }

  /// 0 waits, 1 sent, 2 refused, 3 attempts used up, 4 in doubt, 5 undelivered, 6 cancelled, 7
  /// delivered, 8 suppressed later, 9 expired, 10 broken, 11 given up, 12 resent in vain, 13 left
  /// out.
  private StoredJob aJobOfEveryKind() {
    StoredJob job =
        storeAt(JobStatus.PROCESSING, anSmsJob().to(13).leavingOut(Reason.DUPLICATE).chunksOf(5));
    answer(job, 1, new DispatchOutcome.Accepted("c-1"), MessageTransition.ACCEPT);
    refuse(job, 2, Reason.CARRIER_REFUSED);
    answer(
        job,
        3,
        new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null),
        MessageTransition.FAIL);
    lose(job, 4);
    answer(job, 5, new DispatchOutcome.Accepted("c-5"), MessageTransition.ACCEPT);
    receipt(job, 5, ReceiptKind.UNDELIVERED);
    move(job, 6, MessageTransition.CANCEL);
    answer(job, 7, new DispatchOutcome.Accepted("c-7"), MessageTransition.ACCEPT);
    receipt(job, 7, ReceiptKind.DELIVERED);
    move(job, 8, MessageTransition.SUPPRESS);
    move(job, 9, MessageTransition.EXPIRE);
    move(job, 10, MessageTransition.BREAK);
    lose(job, 11);
    move(job, 11, MessageTransition.GIVE_UP);
    lose(job, 12);
    move(job, 12, MessageTransition.MARK_AGAIN, MessageTransition.LOSE_RESEND);
    return job;
  }

  private void refuse(StoredJob job, int position, Reason reason) {
    answer(job, position, new DispatchOutcome.Rejected(reason, "no"), MessageTransition.FAIL);
  }

  private void lose(StoredJob job, int position) {
    answer(job, position, new DispatchOutcome.Unconfirmed("lost"), MessageTransition.LOSE_ANSWER);
  }

  private void answer(
      StoredJob job, int position, DispatchOutcome outcome, MessageTransition transition) {
    move(job, position, MessageTransition.MARK, transition);
    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendAttempts(
                    job.ref(position).chunkKey(),
                    List.of(Attempt.of(position, 1, false, outcome, ROUTE, NOW))));
  }

  private void receipt(StoredJob job, int position, ReceiptKind kind) {
    move(job, position, kind.transition());
    Reason reason = kind == ReceiptKind.UNDELIVERED ? Reason.NOT_DELIVERED : null;
    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendReceipts(
                    List.of(new Receipt(job.ref(position), kind, reason, "", CARRIER, "c", NOW))));
  }

  private void move(StoredJob job, int position, MessageTransition... transitions) {
    change(
        job.ref(position).chunkKey(),
        chunk ->
            Arrays.stream(transitions)
                .forEach(each -> assertThat(chunk.move(position, each)).isTrue()));
  }

  private StoredJob copy(StoredJob parent, List<Integer> positions) {
    return copy(parent, positions, anSmsJob());
  }

  private StoredJob copy(StoredJob parent, List<Integer> positions, JobFixture empty) {
    return ports()
        .transactions()
        .inTransaction(() -> {
          StoredJob child = store(empty.retrying(parent.bulkId()));
          ports().messages().copy(parent.id(), positions, child.id(), 0);
          ports().chunks().insert(List.of(chunk(child.id(), 0, 0, positions.size())));
          return new StoredJob(child.id(), child.bulkId(), child.scope(), positions.size(), MANY);
        });
  }

  private static Chunk chunk(JobId job, int number, int first, int size) {
    byte[] statuses = new byte[size];
    Arrays.fill(statuses, StatusByte.of(MessageState.QUEUED, 0));
    return new Chunk(new ChunkKey(job, number), first, statuses, 0);
  }

  private static RetrySelection of(MessageStatus... statuses) {
    return new RetrySelection(Set.of(statuses), Set.of(), false);
  }

  private List<Integer> retryable(StoredJob job, RetrySelection selection) {
    return positions(ports().messages().retryable(job.id(), selection, -1, MANY));
  }

  private List<Integer> page(StoredJob job, int after, int limit) {
    return positions(ports().messages().retryable(job.id(), RetrySelection.DEFAULT, after, limit));
  }

  private static List<Integer> positions(List<Retryable> found) {
    return new ArrayList<>(found.stream().map(Retryable::position).toList());
  }

  private Message shown(StoredJob job, int position) {
    return ports().messages().find(job.scope(), job.messageId(position)).orElseThrow();
  }
}
